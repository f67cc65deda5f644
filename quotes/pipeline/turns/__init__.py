"""Words that the form of an article's lines gives to somebody: transcripts, round-ups, headlines."""
