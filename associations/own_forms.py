"""Forms of the admin: one chooses among one's own, and import asks before it writes."""

from django import forms
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Q
from import_export.forms import ConfirmImportForm, ImportForm

from associations import files, foreign, import_formats, waiting_files
from associations.models import Association

NOTHING_CHOSEN = "inget valt"
GONE = "Inget lästes in: filen finns inte kvar. Läs in den på nytt."


def name_the_empty_choice(fields):
    """Say in words, not with dashes, that nothing is chosen."""
    for field in fields:
        if isinstance(field, forms.ModelChoiceField):
            if field.empty_label:
                field.empty_label = NOTHING_CHOSEN
        elif isinstance(field, forms.ChoiceField):
            field.choices = [
                (value, NOTHING_CHOSEN if set(str(words)) == {"-"} else words)
                for value, words in field.choices
            ]


def offer_own(field, user):
    """Let one choose among the user's own associations; the only one is chosen already."""
    field.queryset = Association.objects.for_user(user)
    if len(field.queryset) == 1:
        many = isinstance(field, forms.ModelMultipleChoiceField)
        field.initial = field.queryset if many else field.queryset[0]


class OwnForm(forms.ModelForm):
    """A form whose choices are the user's own rows, beside what the row already holds."""

    user = None  # set on the class that the admin makes for each request

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_the_empty_choice(self.fields.values())
        files.ask_again(self)
        for name in getattr(self._meta.model, "FIXED", ()) if self.instance.pk else ():
            if name in self.fields:
                self.fields[name].disabled = True
        self.held = {}
        for name, field in self.fields.items():
            queryset = getattr(field, "queryset", None)
            if queryset is None or not foreign.is_limited(self._meta.model._meta.get_field(name)):
                continue
            self.held[name] = self._held(name)
            own = queryset.model.objects.for_user(self.user).values("pk")
            field.queryset = queryset.filter(
                Q(pk__in=own) | Q(pk__in=[row.pk for row in self.held[name]])
            )

    def _held(self, name):
        """Return the rows that the stored instance holds in the relation ``name``."""
        field = self._meta.model._meta.get_field(name)
        if field.many_to_many:
            return list(getattr(self.instance, name).all()) if self.instance.pk else []
        held = getattr(self.instance, name) if getattr(self.instance, field.attname) else None
        return [held] if held is not None else []

    def clean(self):
        cleaned = super().clean()
        for name, held in self.held.items():
            field = self._meta.model._meta.get_field(name)
            if field.many_to_many and name in self.cleaned_data:
                after = self.cleaned_data[name]
                sentence = foreign.links_refusal(field, held, after, self.user)
                if sentence:
                    self.add_error(name, sentence)
        return cleaned

    def _post_clean(self):
        """Refuse to move a part into something adopted, or a fact to what others share."""
        super()._post_clean()
        try:
            sentence = self.instance.refusal(self.user)
        except ObjectDoesNotExist:  # the parent is missing, which is an error already
            return
        if sentence and self.has_changed():
            self.add_error(None, sentence)


class OwnImportForm(ImportForm):
    """The file to read in, at most 5 MB."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        files.ask_again(self)

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        import_formats.refuse_large(file.size)
        return file


class OwnConfirmForm(ConfirmImportForm):
    """The confirmation names the waiting file in words that hold for what was shown only.

    It is for the same user, of the same model and read in the same way.
    """

    def __init__(self, *args, user, model, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.model = user, model

    def clean_import_file_name(self):
        try:
            name, *how = unsign(self.cleaned_data["import_file_name"], self.user, self.model)
        except signing.BadSignature:
            raise ValidationError(GONE) from None
        if how != [self.data.get("format"), self.data.get("resource", "")]:
            raise ValidationError(GONE)
        return name


def sign(values, user, model):
    """Return plain ``values``, signed for ``user`` and ``model``, as long as a file waits."""
    return signing.dumps(values, salt=_salt(user, model))


def unsign(signed, user, model):
    """Return what ``sign`` signed. Raises BadSignature for another user's or model's, or an old."""
    return signing.loads(signed, salt=_salt(user, model), max_age=waiting_files.LIFE)


def _salt(user, model):
    return f"import-{user.pk}-{model._meta.label_lower}"
