"""The page where a new plan or report begins."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from associations import years
from associations.models import Association
from plans import beginning, kinds
from plans.models import Chapter, Plan, StartingChapter


class StartForm(forms.Form):
    """What kind of document, whose, and for which year."""

    kind = forms.ChoiceField(
        label="Vad vill du skriva?", choices=kinds.CHOICES, widget=forms.RadioSelect
    )
    association = forms.ModelChoiceField(
        label="Förbund", queryset=Association.objects.none(), empty_label="välj förbund"
    )
    year = forms.IntegerField(
        label="År som den gäller",
        validators=years.WITHIN_REACH,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k.value, k.name.capitalize()) for k in kinds.ALL]
        own = Association.objects.for_user(user)
        self.fields["association"].queryset = own
        if len(own) == 1:
            self.fields["association"].initial = own[0]

    def clean(self):
        """Refuse a year that has such a document already, and say what to do instead."""
        cleaned = super().clean()
        if not self.errors:
            kind = cleaned["kind"] = kinds.BY_VALUE[cleaned["kind"]]
            own = {name: cleaned[name] for name in ("association", "year")}
            if Plan.objects.filter(kind=kind.value, **own).exists():
                self.add_error(
                    "year",
                    f"{own['association'].short_name} har redan en {kind} för {own['year']}. "
                    "Öppna den i listan; är den fastställd gör du en revidering.",
                )
        return cleaned


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
    """Begin a draft, and open it."""
    form = StartForm(request.POST or None, user=request.user, initial=_usual())
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        plan = start(sent["association"], sent["kind"], sent["year"])
        messages.success(request, _said(plan))
        return redirect("plan_edit", plan.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/start.html", {"form": form}, status=status)


def _usual():
    """Return what the form begins with: next year's plan."""
    return {"kind": kinds.PLAN.value, "year": timezone.localdate().year + 1}


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
