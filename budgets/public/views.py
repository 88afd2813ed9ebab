"""The public pages of the budgets: the years, a year, and an edition of it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from associations.models import Association, Page
from budgets import grid
from budgets.models import Budget
from budgets.own_year import own_year_sums
from budgets.public import decisions, inhabitants, pictures, printed

GUIDE = "sa-laser-du-budgeten"  # the page that says how a budget is read


@login_not_required
def budget_list(request, association):
    """The years of which something is known: a published budget, or printed figures only."""
    association = get_object_or_404(Association, slug=association)
    published = Budget.objects.published().filter(association=association).current()
    budgets = list(published.select_related("association", "published_in", "replaced_by"))
    sums = own_year_sums(budgets)
    years = {
        budget.year: {"year": budget.year, "budget": budget, "sums": sums[budget.pk]}
        for budget in budgets
    }
    figures = list(printed.of_association(association))
    for year in {figure.year for figure in figures} - years.keys():
        years[year] = {"year": year, "budget": None, "sums": None}
    for year, each in years.items():
        each["printed"] = printed.total(figures, year)
    context = {
        "association": association,
        "proposals": Budget.objects.proposed().filter(association=association),
        "years": [years[year] for year in sorted(years, reverse=True)],
        "any_printed": any(each["printed"] is not None for each in years.values()),
    }
    return render(request, "budgets/budget_list.html", context)


@login_not_required
def budget(request, association, year):
    """The year's published edition in force, or the printed figures where no table is known."""
    association = get_object_or_404(Association, slug=association)
    editions = _editions(association, year)
    figures = list(printed.of_association(association))
    if editions:
        return _budget_page(request, association, editions, figures, editions[0])
    known = printed.of_year(figures, year)
    if not known:
        raise Http404(f"Ingen budget för {year}.")
    total = printed.total(figures, year)
    context = {
        "association": association,
        "year": year,
        "printed": known,
        "total": total,
        "elsewhere": printed.elsewhere(_tables_with(association, year), year, total),
        "parts": printed.parts(known),
        "base": next((each.base for each in known if each.base), ""),
        "source": next((each.source for each in known if each.source), None),
        "other_years": _other_years(association, figures, year),
    }
    return render(request, "budgets/budget_printed.html", context)


@login_not_required
def budget_edition(request, association, year, number):
    """One published edition of a year, at an address that always shows the same."""
    association = get_object_or_404(Association, slug=association)
    editions = _editions(association, year)
    chosen = next((each for each in editions if each.edition == number), None)
    if chosen is None:
        raise Http404(f"Ingen utgåva {number} av budget {year}.")
    figures = list(printed.of_association(association))
    return _budget_page(request, association, editions, figures, chosen)


def _editions(association, year):
    """Return the year's published editions, the one in force first."""
    published = Budget.objects.published().filter(association=association, year=year)
    return list(published.with_table().in_force_first())


def _tables_with(association, year):
    """Return the published budgets in force, of other years, that have a column for ``year``."""
    published = Budget.objects.published().filter(association=association, columns__year=year)
    return published.distinct().current().with_table()


def _other_years(association, figures, year):
    """Return the other years that have a page, newest first."""
    published = Budget.objects.published().filter(association=association)
    known = set(published.order_by().values_list("year", flat=True).distinct())
    known |= {figure.year for figure in figures}
    return sorted(known - {year}, reverse=True)


def _budget_page(request, association, editions, figures, chosen):
    """Answer with one edition: sentence, pictures, table, notes, and the ways onward."""
    whole = chosen.table()
    table = whole.told()
    column = table.column_of(chosen.year)
    source = chosen.published_in or chosen.source
    shown = printed.of_year(figures, chosen.year, column)
    context = {
        "association": association,
        "budget": chosen,
        "is_newest": chosen == editions[0],
        "in_force": editions[0],
        "editions": editions,
        "proposals": [each for each in editions if each.state == "proposed" and each != chosen],
        "sums": column,
        "unfilled": whole.unfilled,
        "grid": grid.of_budget(chosen, table=table),
        "decisions": decisions.of_lines(chosen),
        "categories": pictures.categories(column) if column else None,
        "payers": pictures.payers(column) if column else None,
        "years": pictures.years(table) if len(table.columns) > 1 else None,
        "printed": shown,
        "printed_source": printed.common_source(shown),
        "per_inhabitant": inhabitants.of_column(association, column) if column else None,
        "guide": Page.objects.filter(slug=GUIDE).first(),
        "source": source if source is not None and source.public else None,
        "other_years": _other_years(association, figures, chosen.year),
        "column_years": sorted({each.column.year for each in table.columns} - {chosen.year}),
    }
    return render(request, "budgets/budget.html", context)
