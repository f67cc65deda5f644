"""What news databases export: Nexis, Factiva, ProQuest, Europresse."""
