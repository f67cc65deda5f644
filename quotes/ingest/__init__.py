"""From sources to rows: reading, pipeline, linking and store, in parallel."""
