"""Pages and feeds by URL, fetched safely and politely."""
