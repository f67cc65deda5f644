"""Which articles are the same story, word for word."""
