"""Which heads a person has chosen the meaning of, from one sheet with results to the next."""

from associations.labels import folded
from interventions.intake.heads import FIELD_OF
from interventions.models import HeadMemory
from interventions.result_rows import HEADS

LONGEST = HeadMemory._meta.get_field("label").max_length


def recall(user):
    """Return {folded head: field} as the user's own associations call them."""
    kept = HeadMemory.objects.for_user(user).values_list("label", "field")
    return {label: field for label, field in kept if field in HEADS}


def lessons(found):
    """Return {folded head: field} of the columns of Heads that aren't known by their words."""
    return {
        folded(each.head): each.field
        for each in found.columns
        if each.head and each.field and FIELD_OF.get(folded(each.head)) != each.field
        and len(folded(each.head)) <= LONGEST
    }  # fmt: skip


def keep(interventions, user, found):
    """Store what was chosen for the associations that are the user's and the interventions'."""
    learnt = lessons(found)
    owners = user.associations.filter(interventions__in=interventions).distinct() if learnt else ()
    for association in owners:
        for label, field in learnt.items():
            HeadMemory.objects.update_or_create(
                association=association, label=label, defaults={"field": field}
            )
