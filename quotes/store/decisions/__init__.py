"""What was decided by hand, about speakers and about quotes: it wins over what names and machines say, and stays."""
