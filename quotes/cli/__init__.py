"""The `quotes` command."""
