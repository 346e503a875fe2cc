"""Pictures of answers: one function for each, finding and language in, picture out."""
