"""What mail files share: the message as a tree, its one body, its sender, what is quoted in it."""
