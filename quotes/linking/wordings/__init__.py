"""Which quotes are the same words."""
