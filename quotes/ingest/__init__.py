"""Ingest: reading, pipeline, linking and store, in parallel."""
