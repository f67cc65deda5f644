"""Every word list, once: what names, cues and descriptions are told by, in all rooms."""
