"""Who may speak in an article, and who said each quote."""
