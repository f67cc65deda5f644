"""Rows as they are written and read back: of outlets, of quotes."""
