"""What happens to a form on its way here: a login that ended meanwhile, a button pressed twice.

``signed_out`` gives back what was typed to who has no login any longer, or another one; ``once``
answers a form that was sent already with what it made.
"""
