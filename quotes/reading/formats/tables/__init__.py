"""Tables: a row is an article."""
