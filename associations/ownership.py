"""Who may see and change what: one queryset method for lists, choices, history and import alike.

A model says by ``owner_path`` how one walks from it to its association (``"association"``,
``"associations"``, ``"budget__association"``, or ``""`` for an association itself).
"""

from django.core.exceptions import ValidationError
from django.db import models

from associations import identity, sealing


class OwnedQuerySet(models.QuerySet):
    """Rows that belong to associations, as one user may see them."""

    def for_user(self, user):
        """Return the rows of the user's own associations; all of them for a superuser.

        An inactive or anonymous user gets none. Another association's row is not among them, so
        a view that looks it up here answers 404.
        """
        if not user.is_active or not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        path = self.model.owner_path
        own = user.associations.values("pk")
        return self.filter(
            pk__in=self.model._base_manager.filter(
                **{f"{path}__in" if path else "pk__in": own}
            ).values("pk")
        )


class PublicQuerySet(OwnedQuerySet):
    """Rows that staff make public one by one."""

    def published(self):
        """Return those that the public may read."""
        return self.filter(public=True)


def refuse_unstorable(text):
    """Raise ValidationError when ``text`` holds what no text can: PostgreSQL takes no NUL.

    Django's forms ask this of each field, but files that are read in pass no such form.
    """
    if isinstance(text, str) and "\0" in text:
        raise ValidationError("Texten har ett tecken som inte går att spara. Skriv den på nytt.")


class Written(models.Model):
    """A row with texts by people: none of them may hold a personal identity number.

    Forms, the admin, import and code that calls ``full_clean()`` all pass here.
    """

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        errors = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = error.error_dict
        for field in self.written_texts():
            if field.name in errors or field.name in (exclude or ()):
                continue
            try:
                identity.refuse(getattr(self, field.attname))
                refuse_unstorable(getattr(self, field.attname))
            except ValidationError as error:
                errors[field.name] = [error]
        if errors:
            raise ValidationError(errors)

    @classmethod
    def written_texts(cls):
        """Return the fields whose text is read for identity numbers."""
        return [
            field
            for field in cls._meta.concrete_fields
            if isinstance(field, (models.CharField, models.TextField))
            and field.editable
            and not field.choices
        ]


class Owned(Written):
    """A row that belongs to one or more associations through ``owner_path``."""

    owner_path = "association"
    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True

    def can_be_seen_by(self, user):
        """True when ``user`` works for an association that owns this row."""
        return type(self)._default_manager.for_user(user).filter(pk=self.pk).exists()

    def can_be_edited_by(self, user):
        """True when the row is the user's own, the role may change it, and it is not sealed."""
        permission = f"{self._meta.app_label}.change_{self._meta.model_name}"
        allowed = user.has_perm(permission) and self.can_be_seen_by(user)
        return allowed and self.refusal(user) is None

    def refusal(self, user):
        """Return in a sentence why ``user`` may not change this row of their own, or None.

        Pages, forms and import alike ask it, before a change and after.
        """
        return sealing.MESSAGE if self.is_sealed else None

    @property
    def is_sealed(self):
        """True when the row is adopted, or part of something adopted, and may not change."""
        return False


class Sourced(Written):
    """A fact that tells where it was read."""

    source = models.ForeignKey(
        "associations.Document",
        models.PROTECT,
        verbose_name="källa",
        null=True,
        blank=True,
        related_name="+",
        help_text="Handlingen som uppgiften kommer från.",
    )
    source_note = models.CharField(
        "plats i källan", max_length=200, blank=True, help_text="Till exempel ”avsnitt 9”."
    )

    class Meta:
        abstract = True


class CommonQuerySet(models.QuerySet):
    """Rows that the whole site has in common."""

    def for_user(self, user):
        """Return every row to who has logged in: one chooses among them, whoever one works for."""
        return self if user.is_active and user.is_authenticated else self.none()


class Common(Written):
    """A word that all associations choose among. Only an administrator changes it."""

    owner_path = None
    objects = CommonQuerySet.as_manager()

    class Meta:
        abstract = True

    def can_be_seen_by(self, user):
        """True for who has logged in."""
        return user.is_active and user.is_authenticated

    def can_be_edited_by(self, user):
        """True when the role may change it."""
        return user.has_perm(f"{self._meta.app_label}.change_{self._meta.model_name}")

    def refusal(self, user):
        """Return None: nothing but the role stands in the way."""
        return None
