"""The page where a new budget begins."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from associations.models import Association
from associations.own_forms import offer_own
from budgets.editor import starting
from budgets.models import BudgetColumn

YEARS = {
    -2: "två år före",
    -1: "året före",
    0: "budgetåret",
    1: "året efter",
    2: "andra året efter",
    3: "tredje året efter",
}


def _code(kind, distance):
    return f"{kind}:{distance}"


OFFERED = {_code(*each): each for each in starting.OFFERED}


class StartForm(forms.Form):
    """Whose budget, which year, and which columns."""

    association = forms.ModelChoiceField(
        label="Förbund", queryset=Association.objects.none(), empty_label="välj förbund"
    )
    year = forms.IntegerField(
        label="Budgetår",
        min_value=1990,
        max_value=2099,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    columns = forms.MultipleChoiceField(
        label="Kolumner",
        choices=[
            (code, f"{BudgetColumn.Kind(kind).label.capitalize()}, {YEARS[distance]}")
            for code, (kind, distance) in OFFERED.items()
        ],
        initial=[_code(*each) for each in starting.USUAL],
        widget=forms.CheckboxSelectMultiple,
    )
    members = forms.BooleanField(
        label="Gör en rad för varje medlem", required=False, initial=True,
        help_text="Staten får en enda rad, för dess bidrag kommer genom en av myndigheterna. "
        "Rader går att ändra, lägga till och ta bort sedan.",
    )  # fmt: skip
    alone = forms.BooleanField(
        label="Utan sparade pengar från tidigare år", required=False,
        help_text="Annars börjar varje år med det förra årets resultat. Ikryssad trycks tabellen "
        "utan den raden.",
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        offer_own(self.fields["association"], user)
        if self._is_the_first():
            first = [_code(*each) for each in starting.USUAL if each[1] >= 0]
            self.fields["columns"].initial = first

    def _is_the_first(self):
        """True when the association that is chosen already has no budget before this one."""
        chosen = self.get_initial_for_field(self.fields["association"], "association")
        own = {str(each.pk): each for each in self.fields["association"].queryset}
        association = own.get(str(getattr(chosen, "pk", chosen)))
        return association is not None and not association.budgets.exists()

    def clean_columns(self):
        chosen = set(self.cleaned_data["columns"])
        if not any(OFFERED[code][1] == 0 for code in chosen):
            raise forms.ValidationError("Ta med kolumnen för budgetåret.")
        return [each for code, each in OFFERED.items() if code in chosen]


@require_http_methods(["GET", "POST"])
def budget_start(request):
    """Begin an empty draft, and open it."""
    if not request.user.has_perm("budgets.add_budget"):
        raise PermissionDenied
    initial = {"year": timezone.localdate().year + 1}
    if "association" in request.GET:
        initial["association"] = request.GET["association"]
    form = StartForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        return redirect("budget_edit", _begun(request, **form.cleaned_data).pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "budgets/start.html", {"form": form}, status=status)


def _begun(request, association, year, columns, members, alone):
    """Return the new draft; or the year's budget, when somebody has begun it, and say so."""
    try:
        with transaction.atomic():
            budget = starting.start(association, year, columns, members=members, carried=not alone)
    except (ValidationError, IntegrityError):
        budget = association.budgets.filter(year=year).in_force_first().first()
        if budget is None:
            raise
        messages.warning(
            request,
            f"{association.short_name} har redan en budget för {year}, och den visas här. Inget "
            "nytt är gjort. Är den fastställd gör du en revidering.",
        )
        return budget
    messages.success(request, f"Utkastet till budget {budget.year} är klart att fylla i.")
    return budget
