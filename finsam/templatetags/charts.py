"""The tags that draw: shares, columns, a goal beside its result, one total that becomes another."""

import zlib

from django import template

from finsam import charts, words
from finsam import share_bar as bars
from finsam.waterfall import waterfall as placed

register = template.Library()


@register.filter
def of(mapping, key):
    """Return ``mapping[key]``."""
    return mapping[key]


def chart_id(*words_in_it):
    """Return an id that is the same each time the same chart is drawn (so is the PDF)."""
    return f"d{zlib.crc32(repr(words_in_it).encode()):08x}"


@register.inclusion_tag("components/_share_bar.html")
def share_bar(title, parts, unit="kr", accent=charts.COUNTY_COLOUR):
    """Draw one stacked bar of ``parts`` (charts.Part), with its table folded beneath.

    What can't be drawn is told in a sentence, and its table stands open.
    ``accent`` is the association's colour where no stylesheet reaches, that is in the PDF.
    """
    parts = [charts.part(each) for each in parts]
    undrawable = bars.undrawable(parts)
    segments = [] if undrawable else bars.share_bar(parts)
    rows = max((each.label.row for each in segments if each.label), default=0)
    return {
        "title": title,
        "parts": parts,
        "undrawable": undrawable,
        "segments": segments,
        "all_labelled": all(each.label for each in segments),
        "unit": unit,
        "rows": rows,
        "height": 64 + 20 * rows,
        "hues": {each.kind: charts.hue(each.kind, accent) for each in parts},
        "id": chart_id("share", title, parts),
        "description": ", ".join(
            f"{each.label} {words.percent_of_100(each.percent)}" for each in parts
        ),
    }


def _chart_unit(unit, all_series):
    """Return how a chart writes its figures, and the unit in words: kronor in few digits."""
    if unit != "kr":
        return words.number, unit
    largest = max((abs(value or 0) for row in all_series for value in row.values), default=0)
    if largest >= 1_000_000:
        return words.millions, "miljoner kronor"
    return words.thousands, "tusen kronor"


@register.inclusion_tag("components/_column_chart.html")
def column_chart(title, categories, series, unit="kr", head="År", accent=charts.COUNTY_COLOUR):
    """Draw columns over ``categories``; kronor are labelled in millions, the table is whole."""
    categories = list(categories)
    all_series = [charts.series(each) for each in series]
    label, label_unit = _chart_unit(unit, all_series)
    drawing = charts.columns(categories, all_series, write=label)
    return {
        "title": title,
        "chart": drawing,
        "series": all_series,
        "unit": unit,
        "label_unit": label_unit,
        "head": head,
        "rows": [
            (category, [row.values[index] for row in all_series])
            for index, category in enumerate(categories)
        ],
        "hues": {row.kind: charts.hue(row.kind, accent) for row in all_series},
        "several": len(all_series) > 1,
        "id": chart_id("columns", title, categories, all_series),
        "description": "; ".join(
            f"{row.label}: "
            + ", ".join(
                f"{category} {label(value)}"
                for category, value in zip(categories, row.values, strict=True)
            )
            for row in all_series
        ),
    }


@register.inclusion_tag("components/_goal_bar.html")
def goal_bar(
    result,
    target,
    unit="percent",
    base="",
    maximum=None,
    year=None,
    accent=charts.COUNTY_COLOUR,
    comparable=True,
    said="",
):
    """Draw a result's bar with a mark at the goal, and both in words (``said`` for the result's).

    ``unit`` is "percent" (numbers 0–100) or a Swedish noun ("deltagare"). Whether the goal was
    reached is said only when the two are ``comparable``: of the same year. Without a result, or
    with a number below zero, there are only words: an empty bar would read as 0.
    """
    per_cent = unit == "percent"
    known = [value for value in (result, target) if value is not None]
    drawn = result is not None and (per_cent or target is not None) and min(known) >= 0

    def in_words(value):
        if value is None:
            return None
        whole = value == int(value)
        text = words.number(value, 0 if whole else 1)
        return words.with_unit(text, "%" if per_cent else unit)

    return {
        "goal": charts.goal(result, target, maximum=maximum or (100 if per_cent else None)),
        "drawn": drawn,
        "result_words": said or in_words(result),
        "target_words": in_words(target),
        "base": base,
        "year": year,
        "hue": accent,
        "comparable": comparable,
    }


@register.inclusion_tag("components/_waterfall.html")
def waterfall(title, rows, accent=charts.COUNTY_COLOUR):
    """Draw a total, the steps that change it and the total it becomes, in kronor.

    ``rows`` have label, change (None for a total) and the total after it.
    """
    chart = placed(rows)

    def written(bar):
        return words.mnkr(bar.value, plus=bar.change is not None)

    return {
        "title": title,
        "chart": chart,
        "bars": [(bar, written(bar)) for bar in chart.bars],
        "hues": {bar.kind: charts.hue(bar.kind, accent) for bar in chart.bars},
        "id": chart_id("waterfall", title, chart),
        "description": "; ".join(f"{bar.label} {written(bar)}" for bar in chart.bars),
    }
