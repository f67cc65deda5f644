"""The database: its schema, writing to it and reading back."""
