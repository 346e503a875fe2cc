"""Pictures of findings: one function for each, finding and language in, picture out."""
