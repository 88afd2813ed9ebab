"""Saves a new association with all that belongs to it, or nothing of it."""

from django.db import transaction

from associations.joining import accounts, bodies
from associations.models import Membership, Organisation, Seat


@transaction.atomic
def begin(form, people):
    """Save what a valid AssociationForm and its formset of people hold.

    Returns (the association, the accounts made). Organisations that are stored are used as they
    are; others are made.
    """
    association = form.save()
    members = [bodies.organisation_of(body) for body in form.cleaned_data["members"]]
    members += [_other(name) for name in form.cleaned_data["others"]]
    for organisation in dict.fromkeys(members):
        Membership.objects.create(association=association, organisation=organisation)
    for person, role in form.cleaned_data["seats"]:
        Seat.objects.create(association=association, person=person, role=role)
    made = [
        accounts.make(
            each["first_name"], each["last_name"], each["email"], each["role"], [association]
        )
        for each in people.people()
    ]
    return association, made


def _other(name):
    """Return the organisation of that name, made as one of another kind when there is none."""
    stored = Organisation.objects.filter(name__iexact=name).first()
    if stored is not None:
        return stored
    made = Organisation(name=name, short_name=name[:40], kind=Organisation.Kind.OTHER)
    made.full_clean()
    made.save()
    return made
