"""Arithmetic on passages of a text: its paragraphs, and which passages overlap."""
