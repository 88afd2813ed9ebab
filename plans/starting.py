"""The page where a new plan or report begins."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from associations import years
from associations.models import Association
from associations.own_forms import offer_own
from plans import beginning, kinds
from plans.models import Chapter, Plan, StartingChapter


class ChoiceForm(forms.Form):
    """What kind of document, and whose: what the suggested year follows from."""

    kind = forms.ChoiceField(
        label="Vad vill du skriva?", choices=kinds.CHOICES, widget=forms.RadioSelect
    )
    association = forms.ModelChoiceField(
        label="Förbund", queryset=Association.objects.none(), empty_label="välj förbund"
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k.value, k.name.capitalize()) for k in kinds.ALL]
        offer_own(self.fields["association"], user)

    def clean_kind(self):
        return kinds.BY_VALUE[self.cleaned_data["kind"]]


class StartForm(ChoiceForm):
    """The same, and for which year."""

    year = forms.IntegerField(
        label="År som den gäller",
        validators=years.WITHIN_REACH,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


@transaction.atomic
def start(association, kind, year):
    """Return a new draft: with last year's text when there is one, else with the usual headings."""
    own = Plan.objects.filter(association=association, kind=kind.value, year=year - 1)
    if before := own.in_force_first().first():
        return before.roll_forward()
    draft = Plan.objects.create(
        association=association,
        kind=kind.value,
        year=year,
        title=f"{kind.name.capitalize()} {year}",
        budget=beginning.budget_for(association, year, kind),
    )
    usual = StartingChapter.objects.filter(kind=kind.value)
    for number, chapter in enumerate(usual, 1):
        Chapter.objects.create(plan=draft, position=number, **chapter.texts(year))
    return draft


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("plans.add_plan", raise_exception=True)
def plan_start(request):
    """Ask what is to be written, suggest its year, then begin a draft and open it."""
    sent = request.POST if request.method == "POST" else request.GET
    usual = {"kind": kinds.PLAN.value}
    chosen = ChoiceForm(sent or None, user=request.user, initial=usual)
    if not chosen.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "plans/start_choice.html", {"form": chosen}, status=status)
    if request.method == "POST":
        form, status = StartForm(request.POST, user=request.user), 422
        if form.is_valid():
            return redirect("plan_edit", _begun(request, **form.cleaned_data).pk)
    else:
        form, status = _suggested(request.user, **chosen.cleaned_data), 200
    context = {
        "form": form,
        "kind": chosen.cleaned_data["kind"],
        "association": chosen.cleaned_data["association"],
    }
    return render(request, "plans/start.html", context, status=status)


def _begun(request, association, kind, year):
    """Return the new draft; or the year's document, when somebody has begun it, and say so."""
    same = Plan.objects.filter(association=association, kind=kind.value, year=year)
    try:
        with transaction.atomic():
            there = same.in_force_first().first()
            plan = there or start(association, kind, year)
    except (ValidationError, IntegrityError):  # somebody began it at the same moment
        there = plan = same.in_force_first().first()
        if there is None:
            raise
    if there:
        messages.warning(
            request,
            f"{association.short_name} har redan en {kind} för {year}, och den visas här. Inget "
            "nytt är gjort. Är den fastställd gör du en revidering.",
        )
    else:
        messages.success(request, _said(plan))
    return plan


def _suggested(user, kind, association):
    """Return the form with the year that is most likely, and why."""
    year, why = beginning.year_for(association, kind, timezone.localdate())
    initial = {"association": association, "kind": kind.value, "year": year}
    form = StartForm(user=user, initial=initial)
    form.fields["year"].help_text = why
    return form


def _said(plan):
    """Return what to tell of a new draft: where its text and its money come from."""
    before = plan.comes_from()
    said = [f"{plan.title} är ett utkast."]
    if before:
        said.append(f"Texten kommer från {before.title}.")
    if plan.budget:
        said.append(f"Siffrorna kommer från {plan.budget}.")
    elif plan.kind_words.is_report:
        said.append(f"Ingen budgettabell har Budget {plan.year} bredvid utfall eller prognos än.")
    return " ".join(said)
