"""Office documents, PDF and e-books."""
