"""Results as rows of a file: as staff see them, and as the public does."""

import tablib

from associations.decimals import half_up, write_decimal
from associations.import_formats import CSV, XLSX
from interventions.hiding import WITHHELD
from interventions.models.goals import Qualifier

QUALIFIERS = {value: str(label) for value, label in Qualifier.choices}
HEADS = {
    "intervention": "insats",
    "measure": "vad som räknas",
    "year": "år",
    "period": "period",
    "women": "kvinnor",
    "men": "män",
    "total": "totalt",
    "base_count": "av antal",
    "base": "av vilka",
    "percent": "procent",
    "qualifier": "noggrannhet",
    "counts_persons": "räknar deltagare",
    "source_note": "plats i källan",
}
FORMATS = {"csv": CSV, "xlsx": XLSX}


def table(rows, heads=HEADS):
    """Return the tablib dataset of ``rows``, which hold a value for each of ``heads``."""
    data = tablib.Dataset(headers=list(heads.values()))
    data.extend([["" if row[name] is None else row[name] for name in heads] for row in rows])
    return data


def whole(result):
    """Return a result's values as they are, for staff."""
    return _common(result) | {
        "women": result.women,
        "men": result.men,
        "total": result.count,
        "base_count": result.base_count,
        "percent": _decimal(result.percent),
    }


def public(outcome, absolute):
    """Return a result's values as the public may see them; ``absolute`` makes an address whole."""
    result, shown = outcome.result, outcome.public
    source = result.source
    return _common(result) | {
        "measure": outcome.measure_text,
        "base": outcome.base_text,
        "source_note": outcome.place_text,
        "women": shown.counts.women,
        "men": shown.counts.men,
        "total": shown.counts.total,
        "base_count": shown.base_count,
        "percent": WITHHELD if outcome.rate_is_withheld else _decimal(shown.rate),
        "source": source.title if source and source.public else "",
        "source_url": absolute(source.get_absolute_url()) if source and source.public else "",
    }


def _common(result):
    """Return what nobody is hidden from."""
    return {
        "intervention": result.intervention.slug,
        "measure": result.measure,
        "year": result.year,
        "period": result.period,
        "base": result.base,
        "qualifier": QUALIFIERS[result.qualifier],
        "counts_persons": "ja" if result.counts_persons else "nej",
        "source_note": result.source_note,
    }


def _decimal(rate):
    """Return a rate with at most one decimal, after a comma; None for none."""
    if rate is None:
        return None
    return write_decimal(half_up(rate, 1))


def as_json(outcome, absolute):
    """Return an outcome as plain values with English names; what is hidden is null and named."""
    row = public(outcome, absolute)
    counts = {name: row[name] for name in ("women", "men", "total", "base_count")}
    withheld = [name for name, value in counts.items() if isinstance(value, str)]
    if outcome.rate_is_withheld:
        withheld.append("percent")
    numbers = {name: None if name in withheld else value for name, value in counts.items()}
    rate = outcome.public.rate
    return {
        "measure": row["measure"],
        "year": row["year"],
        "period": row["period"],
        **numbers,
        "base": row["base"],
        "percent": None if rate is None else float(half_up(rate, 1)),
        "qualifier": outcome.result.qualifier or "exact",
        "counts_persons": outcome.result.counts_persons,
        "withheld": withheld,
        "source": {"title": row["source"], "url": row["source_url"], "place": row["source_note"]},
    }
