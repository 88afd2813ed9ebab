"""The public comparison of two published columns, of one association or two."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render

from associations.models import Association
from budgets import comparison
from budgets.models import Budget, BudgetColumn
from budgets.public import inhabitants, pictures
from budgets.sides import side_of


class ComparisonForm(forms.Form):
    """Which two columns; each is named by association, year, edition, kind and column's year."""

    a = forms.ChoiceField(label="Jämför från")
    b = forms.ChoiceField(label="till")

    def __init__(self, groups, *arguments, **more):
        super().__init__(*arguments, **more)
        for field in self.fields.values():
            field.choices = groups
            field.error_messages["invalid_choice"] = "Den kolumnen finns inte. Välj en i listan."


@login_not_required
def budget_comparison(request, association):
    """Two columns side by side; without a choice, the newest budget's own beside the one before."""
    association = get_object_or_404(Association, slug=association)
    budgets = sorted(
        Budget.objects.published()
        .select_related("association")
        .prefetch_related(Prefetch("columns", BudgetColumn.objects.filled())),
        key=lambda each: (each.association_id != association.pk, each.association.short_name),
    )
    columns = {_name(each, column): (each, column) for each in budgets for column in _of(each)}
    asked = {**_first_choice(columns), **request.GET.dict()}
    form = ComparisonForm(_groups(budgets), asked if columns else None)
    context = {"association": association, "form": form, "columns": columns, "found": None}
    if form.is_valid():
        pair = [columns[form.cleaned_data[name]] for name in ("a", "b")]
        sides = _sides(pair)
        found = comparison.compare(*sides)
        per_inhabitant = [
            (side.name, inhabitants.of_column(budget.association, side.sums))
            for side, (budget, _) in zip(sides, pair, strict=True)
        ]
        context |= {
            "found": found,
            "picture": pictures.comparison(found),
            "share_groups": [
                ("Vad kostnaderna går till, procent av kostnaderna", found.categories),
                ("Vem som betalar, procent av medlemmarnas bidrag", found.payers),
            ],
            "inhabitants": per_inhabitant,
            "inhabitants_known": any(each.is_known for _, each in per_inhabitant),
            "budgets": list(dict.fromkeys(budget for budget, _ in pair)),
        }
    return render(request, "budgets/comparison.html", context)


def _of(budget):
    """Return a budget's columns, fetched already."""
    return budget.columns.all()


def _name(budget, column):
    """Return the words that name a column in an address, and go on doing so."""
    place = (budget.association.slug, budget.year, budget.edition, column.kind, column.year)
    return ".".join(map(str, place))


def _groups(budgets):
    """Return the choices, grouped by budget."""
    return [
        (_whole_name(budget), [(_name(budget, c), _column_name(budget, c)) for c in _of(budget)])
        for budget in budgets
        if _of(budget)
    ]


def _whole_name(budget):
    edition = f", utgåva {budget.edition}" if budget.edition > 1 else ""
    return f"{budget.association.short_name}: budget {budget.year}{edition}"


def _column_name(budget, column):
    """Return a column's name with whose it is, and of which budget where that isn't plain."""
    name = f"{budget.association.short_name}: {column.label}"
    if (column.kind, column.year, budget.edition) == ("budget", budget.year, 1):
        return name
    edition = f", utgåva {budget.edition}" if budget.edition > 1 else ""
    return f"{name} (i budget {budget.year}{edition})"


def _first_choice(columns):
    """Return the first budget's own column as ``b``, and the one before it as ``a``.

    ``columns`` begin with the association's own newest budget.
    """
    names = list(columns)
    if not names:
        return {}
    newest = columns[names[0]][0]
    own = [name for name in names if columns[name][0] == newest]
    at = next((i for i, name in enumerate(own) if columns[name][1].year == newest.year), 0)
    if at:
        return {"a": own[at - 1], "b": own[at]}
    return {"a": own[0], "b": names[min(1, len(names) - 1)]}


def _sides(pair):
    """Return the two chosen columns as comparison.Side, named so that they differ."""
    whole = Budget.objects.with_table().in_bulk([budget.pk for budget, _ in pair])
    names = [column.label for _, column in pair]
    if pair[0][0].association_id != pair[1][0].association_id or names[0] == names[1]:
        names = [_column_name(budget, column) for budget, column in pair]
    return [
        side_of(whole[budget.pk], column, name)
        for (budget, column), name in zip(pair, names, strict=True)
    ]
