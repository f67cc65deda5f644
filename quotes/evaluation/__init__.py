"""How well quotes are found: gold annotated by hand, measures, and the systems to compare."""
