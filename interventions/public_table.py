"""The public list of interventions as rows of a file: what their pages say, and nothing else."""

from associations.public_lists import text
from interventions.models import Intervention

STATES = {"finished": "avslutad", "ongoing": "pågår", "unknown": "okänt"}
HEADS = [
    "insats", "adress", "förbund", "form", "läge", "från år", "till år", "i korthet", "för vem",
    "från ålder", "till ålder", "går först, från ålder", "går först, till ålder", "kommuner",
    "situationer", "går först", "remittenter", "så får man plats", "individinriktad del (procent)",
    "det som kom efter", "senast granskad", "passar valen",
]  # fmt: skip


def table(rows, absolute):
    """Return the heads and one row for each of ``rows``, in their order: constant queries.

    ``absolute`` makes a whole address of a path. The last column is empty without a choice of a
    person's; else ”ja” or ”kanske”.
    """
    chosen = "fits" in rows.query.annotations
    keys = rows.values_list("pk", "fits") if chosen else rows.values_list("pk", "part")
    fits = {key: ("ja" if fit else "kanske") if chosen else "" for key, fit in keys}
    known = Intervention.objects.with_owners().prefetch_related(
        "municipalities", "situations", "first_situations", "referrers", "succeeded_by"
    )
    found = known.in_bulk(list(fits))
    return [HEADS, *(_row(found[key], fit, absolute) for key, fit in fits.items())]


def _row(each, fit, absolute):
    after = [later.name for later in each.succeeded_by.all() if later.public]
    return [
        each.name,
        absolute(each.get_absolute_url()),
        _names(owner.short_name for owner in each.associations.all()),
        each.get_form_display(),
        STATES[each.state],
        text(each.first_year),
        text(each.last_year),
        each.summary,
        each.target_group,
        text(each.age_from),
        text(each.age_to),
        text(each.first_age_from),
        text(each.first_age_to),
        _names(place.short_name for place in each.municipalities.all()),
        _names(situation.name for situation in each.situations.all()),
        _names(situation.name for situation in each.first_situations.all()),
        _names(referrer.name for referrer in each.referrers.all()),
        each.how_to_refer,
        text(each.individual_percent),
        _names(after),
        text(each.reviewed_on),
        fit,
    ]


def _names(names):
    return ", ".join(names)
