"""Which namings of speakers, in many articles, are of one speaker."""
