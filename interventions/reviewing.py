"""How often a page is to be reviewed, and when next: pure functions, and who reviewed it."""

import calendar
import datetime

ORDINALS = {
    1: "varje månad", 2: "varannan månad", 3: "var tredje månad", 4: "var fjärde månad",
    5: "var femte månad", 6: "var sjätte månad", 7: "var sjunde månad", 8: "var åttonde månad",
    9: "var nionde månad", 10: "var tionde månad", 11: "var elfte månad", 12: "varje år",
    24: "vartannat år",
}  # fmt: skip
OFFICE = "kansliet"


def months_after(day, months):
    """Return the day ``months`` later; the month's last day where it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return datetime.date(years, month + 1, min(day.day, last))


def rhythm(months):
    """Return how often in words: ”var sjätte månad”, ”varje år”, ”var 18:e månad”."""
    ending = "a" if months % 10 in (1, 2) and months % 100 not in (11, 12) else "e"
    return ORDINALS.get(months, f"var {months}:{ending} månad")


def function_of(user, associations):
    """Return what the public reads of who reviewed: ”förbundschef, Höglandet”, never a name.

    ``associations`` own what was reviewed; those that the user works for are named.
    """
    roles = sorted(user.groups.values_list("name", flat=True))
    own = set(user.associations.values_list("pk", flat=True))
    names = [each.short_name for each in associations if each.pk in own]
    return ", ".join([*(roles or [OFFICE]), *names])
