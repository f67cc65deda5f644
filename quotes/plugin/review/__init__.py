"""Reviewing quotes in the browser: only where `quotes serve --review` registers it is there a page that writes."""
