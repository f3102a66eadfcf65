"""A build: every text embedded once, and all that a search reads written into one folder."""
