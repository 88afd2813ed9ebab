"""The engine's answer laid out for a page: rows, sums, bars and sentences. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from associations.decimals import half_up, write, write_percent
from budgets.contributions import BY_KEY, MUNICIPALITY, STATE, Answer, Release


@dataclass(frozen=True)
class Row:
    """What one payer pays beside last year, in kronor. ``rate`` and ``share`` are of one.

    ``limit`` is the most that it accepts; ``share`` its part of the municipal quarter.
    """

    key: str
    label: str
    limit: int | None
    previous: int | None
    amount: int
    binds: bool = False
    share: str = ""

    @property
    def increase(self):
        """The rise in kronor; None when last year is unknown."""
        return None if self.previous is None else self.amount - self.previous

    @property
    def rate(self):
        """The rise in per cent, in words; "" from nothing or from the unknown."""
        return write_percent(Fraction(self.increase, self.previous)) if self.previous else ""


@dataclass(frozen=True)
class Bar:
    """How large contributions one payer allows in all: kronor, and per cent of the widest bar."""

    label: str
    kronor: int
    width: float
    binds: bool


@dataclass(frozen=True)
class Sheet:
    """Everything that the page says of one answer."""

    answer: Answer
    year: int
    rows: tuple[Row, ...]
    total: Row
    bars: tuple[Bar, ...]
    mark: float
    title: str
    chart_title: str
    reading: str
    released: str

    @property
    def by_key(self):
        """True when the municipal quarter was shared by a key."""
        return self.answer.reading == BY_KEY


def lay_out(answer, release, *, year, key_words, state_previous=None):
    """Return the Sheet of ``answer`` (contributions.Answer) and ``release`` for ``year``.

    ``key_words`` says the key in words; ``state_previous`` is what the state paid the year before.
    """
    rows = _rows(answer, state_previous)
    known = [row.previous for row in rows]
    previous = None if None in known else sum(known)
    bars = _bars(answer)
    widest = max((bar.kronor for bar in bars), default=0)
    return Sheet(
        answer=answer,
        year=year,
        rows=rows,
        total=Row("", "Summa bidrag", None, previous, answer.total),
        bars=bars,
        mark=_width(half_up(answer.exact_total), widest),
        title=f"{_binding(answer, capital=True)} sätter gränsen: "
        f"bidragen kan bli {write(answer.total)}\u00a0kr",
        chart_title=_chart_title(bars),
        reading=_reading(answer, year, key_words),
        released=_released(answer, release, year),
    )


def join(names):
    """Join names as Swedes do: ”Habo, Mullsjö och Vaggeryd”."""
    *first, last = names
    return f"{', '.join(first)} och {last}" if first else last


def _labels(answer):
    labels = {part.member.key: part.member.label for part in answer.parts}
    return {**labels, STATE: "statens erbjudande"}


def _binding(answer, *, capital=False):
    labels = _labels(answer)
    words = join([labels[key] for key in answer.binding])
    return words[0].upper() + words[1:] if capital else words


def _rows(answer, state_previous):
    weights = sum(part.member.weight for part in answer.parts)
    rows = [
        Row(STATE, "Staten", answer.state_offer, state_previous, answer.state,
            STATE in answer.binding)
    ]  # fmt: skip
    for part in answer.parts:
        member = part.member
        has_share = answer.reading == BY_KEY and member.kind == MUNICIPALITY
        rows.append(
            Row(
                key=member.key,
                label=member.label,
                limit=half_up(member.limit),
                previous=member.previous,
                amount=part.amount,
                binds=member.key in answer.binding,
                share=write_percent(Fraction(member.weight, weights)) if has_share else "",
            )
        )
    return tuple(rows)


def _bars(answer):
    labels = {**_labels(answer), STATE: "Staten"}
    totals = {key: half_up(4 * limit) for key, limit in answer.limits}
    widest = max(totals.values())
    return tuple(
        Bar(labels[key], totals[key], _width(totals[key], widest), key in answer.binding)
        for key in sorted(totals, key=lambda key: totals[key])
    )


def _chart_title(bars):
    short = join([bar.label for bar in bars if bar.binds])
    rest = [bar.label for bar in bars if not bar.binds]
    return f"{short} räcker kortast, {rest[-1]} längst" if rest else "Alla räcker lika långt"


def _width(kronor, widest):
    return float(half_up(Fraction(100 * kronor) / widest, 2)) if widest else 0


def _reading(answer, year, key_words):
    who = _binding(answer, capital=True)
    by_state = answer.binding == (STATE,)
    if answer.reading == BY_KEY:
        end = (
            "Alla andra har utrymme kvar, och statens erbjudande räcker inte längre."
            if by_state
            else f"{who} når gränsen först."
        )
        return (
            f"Räknat efter nyckel: kommunerna delar sin fjärdedel efter {key_words}, och den som "
            f"först når sitt tak bestämmer för alla. {end}"
        )
    end = (
        "Här är det statens erbjudande som tar slut först."
        if by_state
        else f"{who} godtar minst: {write_percent(_common_rate(answer))}."
    )
    return (
        f"Räknat med gemensam ökning: alla höjer lika mycket från {year - 1} som den som godtar "
        f"minst. {end} Kommunernas inbördes delar är som {year - 1}, så nyckeln används inte."
        f"{_uneven(answer, year)}"
    )


def _uneven(answer, year):
    """Say that last year's region and municipalities differ by more than rounding (rule 3)."""
    region, *municipalities = (part.member.previous for part in answer.parts)
    if abs(region - sum(municipalities)) * 100 <= region:
        return ""
    return (
        f" Observera att kommunerna betalade {write(sum(municipalities))}\u00a0kr tillsammans "
        f"{year - 1} men regionen {write(region)}\u00a0kr. Då kan inte alla höja lika mycket: "
        "räkna efter nyckel i stället."
    )


def _common_rate(answer):
    region = answer.parts[0].member
    return answer.quarter / region.previous - 1


def _released(answer, release: Release, year):
    if STATE in answer.binding:
        return "Staten sätter gränsen. Mer från medlemmarna ger inget mer från staten."
    together = {1: "", 2: " båda"}.get(len(answer.binding), " alla")
    who = f"{_binding(answer)}{together}"
    if not release.total:
        return (
            f"Om {who} godtog en procent till av sitt bidrag {year - 1} "
            "skulle det inte ge något mer, efter avrundning."
        )
    return (
        f"Om {who} godtog en procent till av sitt bidrag {year - 1} skulle medlemmarna betala "
        f"{write(release.members)}\u00a0kr mer tillsammans, och staten lika mycket: "
        f"{write(release.total)}\u00a0kr mer till insatser."
    )
