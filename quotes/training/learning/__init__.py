"""How each network learns."""
