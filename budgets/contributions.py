"""How large the contributions can be, and who sets the limit (domain.md, rules 3, 4 and 15).

The state pays half, the region a quarter and the municipalities a quarter together. The state
makes an offer; the others accept a largest increase each. The lowest bid binds. Two readings:

- ``COMMON_RATE``: all rise from last year's contributions by the lowest accepted rate.
- ``BY_KEY``: each municipality pays its part of the municipal quarter by a key, and the quarter
  is as large as the first member to reach its limit allows.

Plain values in, one frozen answer out. Amounts are kronor.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

COMMON_RATE = "common_rate"
BY_KEY = "by_key"
READINGS = {
    COMMON_RATE: "gemensam ökning: alla höjer lika mycket som den som godtar minst",
    BY_KEY: "efter nyckel: var och en betalar sin del, och den som först når sitt tak bestämmer",
}
REGION = "region"
MUNICIPALITY = "municipality"
STATE = "state"


@dataclass(frozen=True)
class Member:
    """A paying member: last year's contribution and the largest that it accepts, in kronor.

    ``weight`` is its part of the municipal quarter by the chosen key; the region has none.
    """

    key: str
    label: str
    kind: str
    previous: int
    limit: Fraction
    weight: int = 0

    @property
    def rate(self):
        """The largest accepted rise from last year, 1/10 being ten per cent; None from nothing."""
        return None if self.previous == 0 else Fraction(self.limit) / self.previous - 1


@dataclass(frozen=True)
class Part:
    """What one member pays, in kronor, and the largest that it accepted."""

    member: Member
    amount: int

    @property
    def increase(self):
        """The rise from last year in kronor."""
        return self.amount - self.member.previous

    @property
    def rate(self):
        """The rise as a share of last year's amount; None from nothing."""
        previous = self.member.previous
        return None if previous == 0 else Fraction(self.increase, previous)


@dataclass(frozen=True)
class Answer:
    """The largest contributions that everybody accepts.

    ``quarter`` is the exact limit of a quarter; the amounts are rounded down to ``unit`` so that
    nobody pays more than accepted. ``binding`` are those who set the limit, by key; the state is
    among them when its offer is what binds. ``limits`` says how large a quarter each of them
    allows; a municipality without a part of it is not among them.
    """

    reading: str
    quarter: Fraction
    unit: int
    state: int
    state_offer: int
    parts: tuple[Part, ...]
    binding: tuple[str, ...]
    limits: tuple[tuple[str, Fraction], ...]

    @property
    def exact_total(self):
        """All contributions before rounding."""
        return 4 * self.quarter

    @property
    def total(self):
        """All contributions, the state's too."""
        return self.state + sum(part.amount for part in self.parts)

    @property
    def unclaimed(self):
        """What the state offered and nobody matched."""
        return self.state_offer - self.state

    @property
    def matched_total(self):
        """What all contributions would be if the whole offer were matched."""
        return 2 * self.state_offer


def accepts_percent(previous, per_cent):
    """Return the largest contribution of a member that accepts ``per_cent`` more than before."""
    return previous * (1 + Fraction(str(per_cent)) / 100)


def accepts_kronor(previous, kronor):
    """Return the largest contribution of a member that accepts ``kronor`` more than before."""
    return Fraction(previous + kronor)


def largest(members: Sequence[Member], state_offer, *, reading, unit=100):
    """Return the Answer for ``members`` under ``reading``, amounts rounded to ``unit`` kronor.

    Raises ValueError with a Swedish sentence when the key is empty, when there is not one region,
    when the common rate has nothing to rise from, or when something is negative.
    """
    municipalities = [m for m in members if m.kind == MUNICIPALITY]
    regions = [m for m in members if m.kind == REGION]
    if any(m.limit < 0 or m.weight < 0 for m in members):
        raise ValueError("Ett bidrag och en del i nyckeln kan inte vara mindre än noll.")
    if len(regions) != 1 or not municipalities:
        raise ValueError("Det behövs en region och minst en kommun för att räkna.")
    region = regions[0]
    if reading == COMMON_RATE:
        municipalities = [replace(m, weight=m.previous) for m in municipalities]
    if sum(m.weight for m in municipalities) == 0:
        raise ValueError("Nyckeln är tom: minst en kommun ska ha en del av kommunernas fjärdedel.")
    limits = _quarter_limits(region, municipalities, state_offer, reading)
    quarter = min(limits.values())
    binding = tuple(key for key, limit in limits.items() if limit == quarter)
    whole, amounts = _share_out(quarter, municipalities, unit)
    parts = [Part(region, whole)]
    parts += [Part(m, amount) for m, amount in zip(municipalities, amounts, strict=True)]
    return Answer(
        reading=reading,
        quarter=quarter,
        unit=unit,
        state=2 * whole,
        state_offer=state_offer,
        parts=tuple(parts),
        binding=binding,
        limits=tuple(limits.items()),
    )


def _quarter_limits(region, municipalities, state_offer, reading):
    """Return how large a quarter each of them allows, by key."""
    whole = sum(m.weight for m in municipalities)
    limits = {m.key: m.limit * Fraction(whole, m.weight) for m in municipalities if m.weight}
    if reading == COMMON_RATE:
        if region.previous == 0:
            raise ValueError("Regionen betalade inget förra året. Räkna efter nyckel i stället.")
        base = Fraction(region.previous)
        limits = {m.key: base * (1 + m.rate) for m in municipalities if m.previous}
    limits[region.key] = Fraction(region.limit)
    limits[STATE] = Fraction(state_offer, 2)
    return limits


def _share_out(quarter, municipalities, unit):
    """Return the quarter in whole units, and each municipality's part of it.

    Largest remainder, but nobody pays above its limit: what has no room goes to those with room,
    by their weights. When there is no room for it all the quarter is so much smaller.
    """
    weights = [m.weight for m in municipalities]
    ceilings = [int(m.limit // unit) if m.weight else 0 for m in municipalities]
    units = min(int(quarter // unit), sum(ceilings))
    parts = [0] * len(weights)
    while sum(parts) < units:
        _share_rest(units - sum(parts), weights, ceilings, parts)
    return units * unit, [part * unit for part in parts]


def _share_rest(left, weights, ceilings, parts):
    """Add ``left`` units to ``parts`` by the weights of those with room, as far as they have it.

    At least one is added: the caller asks again for what is left.
    """
    free = [i for i, part in enumerate(parts) if part < ceilings[i]]
    whole = sum(weights[i] for i in free)
    for i in free:
        parts[i] = min(parts[i] + weights[i] * left // whole, ceilings[i])
    rest = left - sum(weights[i] * left // whole for i in free)
    for i in sorted(free, key=lambda i: (-(weights[i] * left % whole), i)):
        if rest and parts[i] < ceilings[i]:
            parts[i] += 1
            rest -= 1


@dataclass(frozen=True)
class Release:
    """What a little more from those who bind would release, in kronor a year."""

    per_cent: int
    members: int
    state: int

    @property
    def total(self):
        """All that is released."""
        return self.members + self.state


def one_per_cent_more(members: Sequence[Member], state_offer, *, reading, unit=100):
    """Return the Release if each binding member accepted one per cent of last year's amount more.

    Nothing is released when the state's offer itself binds.
    """
    before = largest(members, state_offer, reading=reading, unit=unit)
    raised = [
        replace(m, limit=m.limit + Fraction(m.previous, 100)) if m.key in before.binding else m
        for m in members
    ]
    after = largest(raised, state_offer, reading=reading, unit=unit)
    state = after.state - before.state
    return Release(1, after.total - before.total - state, state)
