"""What one may not point at, take away or give away: the rules of forms and of import alike."""

from django.core.exceptions import FieldDoesNotExist

from associations.ownership import Owned

# Links that lead to any association by their nature: a post is sold to somebody else.
OPEN = {"associations.OfficePost.sold_to"}


def is_owned(model):
    """True when the rows of ``model`` belong to associations."""
    return issubclass(model, Owned)


def is_limited(field):
    """True when one chooses only among one's own in the relation ``field``."""
    return is_owned(field.related_model) and str(field) not in OPEN


def lookup_of(model):
    """Return the field that names a row in a file: a unique address or name, else its id."""
    for name in ("slug", "name"):
        try:
            if model._meta.get_field(name).unique:
                return name
        except FieldDoesNotExist:
            continue
    return "pk"


def named(row):
    """Return ``row`` as files name it."""
    return getattr(row, lookup_of(type(row)))


def has_foreign_owner(obj, user):
    """True when an association that ``user`` does not work for also owns ``obj``."""
    if user.is_superuser or obj.owner_path != "associations":
        return False
    own = user.associations.values("pk")
    return obj.associations.exclude(pk__in=own).exists()


def not_own(field, value):
    """Say that ``value`` is not among what the user may choose; never whether it exists."""
    return (
        f"”{value}” finns inte bland dina förbunds {field.related_model._meta.verbose_name_plural}."
    )


def link_refusal(field, before, after, user):
    """Return why the foreign key ``field`` may not go from ``before`` to ``after``, or None.

    Both are rows or None. Another association's row may stay where it is, but not be chosen.
    """
    if after is None or after == before or not is_limited(field):
        return None
    own = field.related_model.objects.for_user(user)
    return None if own.filter(pk=after.pk).exists() else not_own(field, named(after))


def links_refusal(field, before, after, user):
    """Return why the many-to-many ``field`` may not go from ``before`` to ``after``, or None.

    What belongs to others stays as it is: nobody gives their own to another association, takes
    another's away, or is left without an association of their own.
    """
    if user.is_superuser or not is_limited(field):
        return None
    before, after = set(before), set(after)
    changed = [row.pk for row in before ^ after]
    own = set(field.related_model.objects.for_user(user).filter(pk__in=changed))
    for row in after - before - own:
        return not_own(field, named(row))
    for row in before - after - own:
        return f"{row} måste stå kvar. Bara den som arbetar för {row} kan ta bort det."
    if field.model.owner_path == field.name:
        mine = field.related_model.objects.for_user(user).filter(pk__in=[row.pk for row in after])
        if not mine.exists():
            return "Välj minst ett av dina egna förbund."
    return None


def was_own(record, user):
    """True when a history ``record`` is of a row that is ``user``'s own, or was when deleted.

    A deleted row that several associations owned is shown to superusers only, since its owners
    are gone with it.
    """
    model = record.instance_type
    if not is_owned(model):
        return user.is_superuser
    if model.objects.for_user(user).filter(pk=getattr(record, model._meta.pk.attname)).exists():
        return True
    if user.is_superuser:
        return True
    if model._base_manager.filter(pk=getattr(record, model._meta.pk.attname)).exists():
        return False
    owner = model._meta.get_field(model.owner_path.split("__")[0]) if model.owner_path else None
    if owner is None or not owner.concrete or owner.many_to_many:
        return False
    owners = owner.related_model.objects.for_user(user)
    return owners.filter(pk=getattr(record, owner.attname)).exists()


def named_for(row, user):
    """Name ``row`` by its kind and itself, or only say that it is another association's."""
    kind = row._meta.verbose_name
    if is_owned(type(row)) and not row.can_be_seen_by(user):
        return f"{kind} hos ett annat förbund"
    return f"{kind}: {row}"
