"""What whoever saves a text in the admin is told: signs, and Markdown that reads otherwise."""

from django.contrib import admin, messages
from django.db import models

from associations import markdown, signs

MOST = 10  # sentences on one page


class TextAdmin(admin.ModelAdmin):
    """An admin that tells, when a text is saved, how it will be read and printed."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        forms = [form, *(each for formset in formsets for each in formset.forms)]
        told = [sentence for each in forms for sentence in told_of(each)]
        for sentence in told[:MOST]:
            messages.warning(request, sentence)
        if len(told) > MOST:
            messages.warning(request, f"{len(told) - MOST} rader till läses på annat sätt.")


def told_of(form):
    """Return what to tell of the texts that were changed in a saved form, each with its place."""
    found = []
    for name in form.changed_data:
        text = form.cleaned_data.get(name)
        if not text or not isinstance(text, str) or form.cleaned_data.get("DELETE"):
            continue
        field = form._meta.model._meta.get_field(name)
        if not isinstance(field, models.CharField | models.TextField):
            continue
        place = f"{str(form.instance)[:60]}, {field.verbose_name}"
        found += [f"{place}: {sentence}" for sentence in signs.sentences(text)]
        if "Markdown" in field.help_text:
            read = markdown.read(text)
            found += [f"{place}: {each}" for each in (*read.problems, *read.hints)]
    return found
