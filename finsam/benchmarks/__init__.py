"""What ``bin/bench`` measures: one module each, named as on the command line (``cell.py``: cell).

A measurement is one file here and nothing else. It has

- ``TITLE``: what is measured, in Swedish;
- ``GOAL``: at most how many times the time that it stands beside;
- ``POINT``: which of ``p50`` and ``p95`` the goal is about;
- ``ROUNDS``: how many times each is asked, when nobody says otherwise;
- ``measure(rounds, small)``: makes its own rows, times both in turn with ``timing.in_turn``, and
  returns ``timing.Times``. When ``small``, few rows are enough: the test that runs every
  measurement asks so. The database is thrown away afterwards.

A measurement that cannot run here (no Chromium) raises ``timing.Missing`` with a sentence.
"""

from importlib import import_module
from pkgutil import iter_modules


def found():
    """Return name → module of every measurement, by name."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}") for name in names}
