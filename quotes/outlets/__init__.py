"""Outlets and news agencies that are known by domain or by name."""
