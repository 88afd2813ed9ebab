"""Proposed, adopted, next year: a budget's way."""
