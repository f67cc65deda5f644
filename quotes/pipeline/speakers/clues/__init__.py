"""What speaks for each candidate being the speaker of something said, in numbers for the ranker."""
