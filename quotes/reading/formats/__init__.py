"""One module a format: what is in a file becomes documents, or articles."""
