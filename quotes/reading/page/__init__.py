"""What a page holds: the story, what stands round it, and what the page says of itself."""
