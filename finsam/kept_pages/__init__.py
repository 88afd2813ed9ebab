"""Whole pages kept for visitors, and right the moment after anything is committed.

``public_state`` has the database itself number what the public may see, by triggers; a page is kept
under that number and the day, so nothing is ever cleared. ``page`` is what is kept of an answer,
and ``middleware`` serves it.
"""
