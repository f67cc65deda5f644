"""What was said, each with its cue and its source as it stands there."""
