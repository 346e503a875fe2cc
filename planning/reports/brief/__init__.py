"""The committee's papers: one content, printed as PDF and as a page."""
