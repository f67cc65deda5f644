"""Counting any choice of quotes, in memory."""
