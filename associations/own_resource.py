"""Import and export of one's own rows only, with Swedish heads and refusals that name the row."""

from collections import Counter

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from import_export import fields, resources

from associations import foreign
from associations.import_widgets import (
    ChoiceWidget,
    DateWidget,
    DecimalWidget,
    LinksWidget,
    LinkWidget,
    TextWidget,
    WholeNumberWidget,
    YesNoWidget,
    text_of,
)
from associations.labels import folded

WIDGETS = [
    (models.BooleanField, YesNoWidget),
    (models.DecimalField, DecimalWidget),
    (models.DateField, DateWidget),
    ((models.IntegerField, models.AutoField), WholeNumberWidget),
]


class Difference(resources.Diff):
    """Old and new of a row, marked up without inline style."""

    def as_html(self):
        return [
            mark_safe("")
            if after in (None, "") and before in (None, "")
            else format_html("{}", after)
            if before == after
            else format_html("<del>{}</del> <ins>{}</ins>", "" if self.new else before, after)
            for before, after in zip(self.left, self.right, strict=True)
        ]


class OwnResource(resources.ModelResource):
    """The rows of one model as one user may see and change them."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True

    def __init__(self, user=None, **kwargs):
        super().__init__(**kwargs)
        self.user = user

    @classmethod
    def get_diff_class(cls):
        return Difference

    @classmethod
    def get_display_name(cls):
        return str(cls._meta.model._meta.verbose_name_plural)

    @classmethod
    def number_widget(cls, django_field):
        """Return the reader of a whole number; rooms with kronor have their own."""
        return WholeNumberWidget()

    @classmethod
    def widget_for(cls, django_field):
        """Return the widget that reads and writes ``django_field``."""
        if django_field.many_to_many:
            return LinksWidget(django_field)
        if django_field.is_relation:
            return LinkWidget(django_field)
        if django_field.choices:
            return ChoiceWidget(django_field.choices)
        for kinds, widget in WIDGETS:
            if isinstance(django_field, kinds):
                number = widget is WholeNumberWidget
                return cls.number_widget(django_field) if number else widget()
        return TextWidget()

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        """Return the column of a field: its Swedish name as head; files and facts are read-only."""
        fixed = not django_field.editable or isinstance(django_field, models.FileField)
        if django_field.many_to_many:  # one with facts of its own is read in as rows of those
            fixed = not django_field.remote_field.through._meta.auto_created
        return fields.Field(
            attribute=field_name,
            column_name="id" if django_field.primary_key else str(django_field.verbose_name),
            widget=cls.widget_for(django_field),
            readonly=readonly or (fixed and not django_field.primary_key),
            default=django_field.default,
        )

    def get_queryset(self):
        model = self._meta.model
        return model.objects.for_user(self.user) if self.user else model.objects.none()

    def filter_export(self, queryset, **kwargs):
        """Fetch what the cells link to, in a constant number of queries."""
        links = [self._meta.model._meta.get_field(name) for name in self.fields]
        many = [field.name for field in links if field.many_to_many]
        one = [field.name for field in links if field.is_relation and not field.many_to_many]
        queryset = queryset.select_related(*one) if one else queryset
        return queryset.prefetch_related(*many)

    def before_import(self, dataset, **kwargs):
        """Refuse heads that no column has, and an id twice; a file without ids holds new rows."""
        known = {folded(field.column_name): field.column_name for field in self.fields.values()}
        heads = [known.get(folded(head), head) for head in dataset.headers or []]
        strange = [head for head in heads if head not in known.values()]
        if strange or len(set(heads)) != len(heads):
            named = ", ".join(f"”{head}”" for head in strange) or "Samma rubrik två gånger"
            raise ValidationError(
                f"Rubrikerna stämmer inte: {named}. De ska vara bland: {', '.join(known.values())}."
            )
        dataset.headers = heads
        if "id" not in heads:
            dataset.append_col([""] * len(dataset), header="id")
        _refuse_twice(dataset["id"])

    def after_init_instance(self, instance, new, row, **kwargs):
        plural = self._meta.model._meta.verbose_name_plural
        if new and text_of(row.get("id")):
            raise ValidationError(
                f"Id {text_of(row['id'])} finns inte bland dina förbunds {plural}. "
                "Lämna id tomt för en ny rad."
            )
        if not new and (sentence := instance.refusal(self.user)):
            raise ValidationError(sentence)

    def import_instance(self, instance, row, **kwargs):
        """Read the row into ``instance``, and refuse what forms refuse too."""
        before = {field.name: self._linked(instance, field) for field in self._links()}
        errors = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as refused:
            errors = refused.update_error_dict({})
        for field in self._links():
            sentence = self._link_refusal(field, before[field.name], instance, row)
            if sentence and field.name not in errors:
                errors[field.name] = [ValidationError(sentence)]
        for field in self.fields.values():
            if field.readonly and self._is_changed(field, instance, row):
                errors[field.attribute] = [ValidationError("Kolumnen ändras inte genom inläsning.")]
        if not errors and (sentence := _refusal(instance, self.user)):
            errors[NON_FIELD_ERRORS] = [ValidationError(sentence)]
        if errors:
            raise ValidationError(errors)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Check the whole row, and name what is wrong by the file's heads."""
        try:
            super().validate_instance(instance, import_validation_errors, validate_unique)
        except ValidationError as refused:
            heads = {name: field.column_name for name, field in self.fields.items()}
            named = {heads.get(name, name): said for name, said in refused.error_dict.items()}
            raise ValidationError(named) from None

    def _links(self):
        """Yield the model's relations that the file has a column for."""
        for name in self.fields:
            field = self._meta.model._meta.get_field(name)
            if field.is_relation and not self.fields[name].readonly:
                yield field

    def _linked(self, instance, field):
        if field.many_to_many:
            return list(getattr(instance, field.name).all()) if instance.pk else []
        return getattr(instance, field.name) if getattr(instance, field.attname) else None

    def _link_refusal(self, field, before, instance, row):
        column = self.fields[field.name]
        if not field.many_to_many:
            return foreign.link_refusal(field, before, self._linked(instance, field), self.user)
        if column.column_name not in row:
            return None if instance.pk or field.blank else "Kolumnen saknas."
        try:
            after = column.clean(row)
        except ValueError as error:
            return str(error)
        if not after and not field.blank:
            return "Det här fältet måste fyllas i."
        return foreign.links_refusal(field, before, after, self.user)

    def _is_changed(self, field, instance, row):
        """True when the file holds something else than the row has in a read-only column."""
        written = text_of(row.get(field.column_name))
        stored = field.get_value(instance)
        stored = str(stored) if isinstance(stored, models.fields.files.FieldFile) else stored
        try:
            cleaned = field.widget.clean(row.get(field.column_name))
        except ValueError:
            return True
        return bool(written) and field.widget.render(cleaned) != field.widget.render(stored)


def _refuse_twice(ids):
    """Refuse a file that says two things of one row: the last would win without a word."""
    counted = Counter(filter(None, (text_of(each).lstrip("0") for each in ids)))
    twice = [each for each, times in counted.items() if times > 1]
    if twice:
        named = ", ".join(twice[:5])
        raise ValidationError(
            f"Samma id står på flera rader: {named}. Låt en rad stå för varje id."
        )


def _refusal(instance, user):
    try:
        return instance.refusal(user)
    except ObjectDoesNotExist:  # the parent is missing, which is an error already
        return None
