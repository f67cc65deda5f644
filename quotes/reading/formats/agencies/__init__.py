"""What the formats of news agencies share: paragraphs, notes, datelines and who filed."""
