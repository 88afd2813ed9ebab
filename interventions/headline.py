"""How many pay how much a year, in the words of a headline. Pure."""

from dataclasses import dataclass

NUMBERS = (
    "Noll", "En", "Två", "Tre", "Fyra", "Fem", "Sex", "Sju", "Åtta", "Nio", "Tio", "Elva", "Tolv",
)  # fmt: skip

# What the surest amount is, in the sentence of who pays.
KIND_WORDS = {
    "applied": "äskat",
    "granted": "beviljat",
    "stated": "uppgiven kostnad",
    "proposed": "förslag till budget",
    "budgeted": "enligt budgeten",
    "forecast": "prognos",
    "spent": "utfall",
}


@dataclass(frozen=True)
class Headline:
    """How many payers put in how much (kronor) a year. ``granted``: promised, not yet paid."""

    payers: int
    kronor: int
    first: int
    last: int
    kind: str
    about: bool

    @property
    def granted(self):
        """True when all of it is promised."""
        return self.kind == "granted"

    @property
    def kind_words(self):
        """What kind of amount it is, in the middle of a sentence; "" when payers' differ."""
        return KIND_WORDS.get(self.kind, "")

    @property
    def who(self):
        """The payers as a sentence begins: ”Fyra finansiärer”."""
        word = NUMBERS[self.payers] if self.payers < len(NUMBERS) else str(self.payers)
        return f"{word} finansiärer"

    @property
    def years(self):
        """”2020” or ”om året 2018–2022”."""
        same = self.first == self.last
        return str(self.first) if same else f"om året {self.first}–{self.last}"
