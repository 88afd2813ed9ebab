"""Paste and import: rows of text matched to a budget, shown first, then done whole."""
