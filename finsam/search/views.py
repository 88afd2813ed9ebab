"""The search page: a form in the head of every page leads here, its words in the address."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from finsam.search.kinds import KINDS
from finsam.search.results import meant, search

LONGEST = 100


class SearchForm(forms.Form):
    """What to search for, and perhaps among which kind of thing."""

    q = forms.CharField(label="Sök på hela webbplatsen", max_length=LONGEST, required=False)
    slag = forms.ChoiceField(
        choices=[(key, kind.name) for key, kind in KINDS.items()], required=False
    )


@login_not_required
def search_page(request):
    """What is found for the words in the address, of all kinds or of one."""
    form = SearchForm(request.GET)
    form.is_valid()
    text, kind = form.cleaned_data.get("q", ""), form.cleaned_data.get("slag", "")
    found = search(text, request.user, kind, request.GET.get("page")) if text else None
    context = {
        "form": form,
        "text": text,
        "kind": kind,
        "kind_name": KINDS[kind].name if kind else "",
        "found": found,
        "meant": meant(text, request.user) if _is_lost(found) else None,
    }
    return render(request, "finsam/search.html", context)


def _is_lost(found):
    """True when nothing has all that was asked for."""
    return bool(found) and not found.amounts.number and (found.partly or not found.number)
