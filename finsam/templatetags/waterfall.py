"""The tag that draws how one total becomes another."""

from django import template

from finsam import charts, words
from finsam.templatetags.finsam import chart_id
from finsam.waterfall import waterfall as place

register = template.Library()


@register.inclusion_tag("components/_waterfall.html")
def waterfall(title, rows, accent=charts.COUNTY_COLOUR):
    """Draw a total, the steps that change it and the total it becomes, in kronor.

    ``rows`` have label, change (None for a total) and the total after it.
    """
    chart = place(rows)

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
