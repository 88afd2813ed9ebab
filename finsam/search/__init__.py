"""Search over what the site holds: interventions, meetings, plans, documents, news and pages.

``sources`` says in SQL what is found of each kind; ``index`` makes the database itself keep an
entry of each, by triggers, so that no road of change goes round it. ``swedish`` knows words,
``asking`` turns them into conditions for the database in use, ``kinds`` who may see what and where
it is read, ``results`` puts a page of hits together, and ``alike`` knows words like a misspelt one.
"""
