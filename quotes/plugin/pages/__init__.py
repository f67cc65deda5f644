"""The pages that we serve."""
