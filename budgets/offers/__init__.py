"""Contributions tried out: the pages of the engine in contributions.py."""
