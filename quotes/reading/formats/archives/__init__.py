"""Archives, packed files and dumps: what holds many files or pages."""
