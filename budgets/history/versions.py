"""A budget's history as the database keeps it: its records, its versions, its table at a time."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from associations.models import Organisation, User
from budgets import sums
from budgets.history import history
from budgets.models import Amount, Budget, BudgetColumn, BudgetLine
from interventions.models import Intervention

BEGINNING = datetime.min.replace(tzinfo=UTC)
MODELS = {
    history.BUDGET: Budget,
    history.COLUMN: BudgetColumn,
    history.LINE: BudgetLine,
    history.AMOUNT: Amount,
}
RELATIONS = {"organisation", "intervention", "opens_from", "line", "column", "budget"}
STORED = {
    history.BUDGET: ["version"],
    history.COLUMN: ["budget"],
    history.LINE: ["budget"],
    history.AMOUNT: ["line", "column"],
}


@dataclass(frozen=True)
class Version:
    """A number that a budget had, when it began and was last saved, and who began it."""

    number: int
    began: datetime
    at: datetime
    by: str
    newest: bool = False


class History:
    """All that is known of what a budget was, read in a constant number of queries."""

    def __init__(self, budget):
        self.budget = budget

    @cached_property
    def records(self):
        """Every record of the budget and of all that is or was in it."""
        own = {"budget_id": self.budget.pk}
        lines = BudgetLine.history.filter(**own).values("id")
        found = [
            *_records(history.BUDGET, {"id": self.budget.pk}, {"pk": self.budget.pk}),
            *_records(history.COLUMN, own, own),
            *_records(history.LINE, own, own),
            *_records(history.AMOUNT, {"line_id__in": lines}, {"line__budget": self.budget}),
        ]
        return found

    @cached_property
    def changes(self):
        """Every change, newest first."""
        return history.changes(self.records)

    @cached_property
    def people(self):
        """The names of those who changed something, by key."""
        users = User.objects.in_bulk({each.by for each in self.records if each.by is not None})
        return {pk: user.get_full_name() or user.get_username() for pk, user in users.items()}

    def who(self, key):
        """Return a person's name; nobody is named for what was loaded from a file."""
        return self.people.get(key, "") if key is not None else ""

    @cached_property
    def lines(self):
        """Each line's label by key, removed ones too, as it was last known."""
        return self._last(history.LINE, lambda values: values["label"])

    @cached_property
    def columns(self):
        """Each column's label by key, removed ones too, as it was last known."""
        known = self._last(history.COLUMN, lambda values: (values["year"], values["kind"]))
        ordered = sorted(known.items(), key=lambda item: item[1])
        return {key: BudgetColumn(year=y, kind=kind).label for key, (y, kind) in ordered}

    def _last(self, kind, name):
        rows = sorted((each for each in self.records if each.kind == kind), key=lambda r: r.at)
        return {row.key: name(row.values) for row in rows}

    @cached_property
    def related(self):
        """Names of members and interventions that lines pointed at: (field, key) → name."""
        found = {}
        for field, model in (("organisation", Organisation), ("intervention", Intervention)):
            keys = {each.values.get(field) for each in self.records if each.kind == history.LINE}
            rows = model.objects.in_bulk(keys - {None})
            found |= {(field, key): str(row) for key, row in rows.items()}
        return found

    @cached_property
    def versions(self):
        """The budget's versions, newest first. What no save recorded is the newest one's."""
        found = {}
        rows = [each for each in self.records if each.kind == history.BUDGET]
        for row in sorted(rows, key=lambda each: each.at):
            number = row.values["version"]
            first = found.get(number) or Version(number, row.at, row.at, self.who(row.by))
            found[number] = replace(first, at=row.at)
        ordered = sorted(found.values(), key=lambda each: each.number, reverse=True)
        ordered = self._unrecorded(ordered) + ordered
        return [replace(each, newest=at == 0) for at, each in enumerate(ordered)]

    def _unrecorded(self, versions):
        """Return the version that stands, when it is the admin's, a file's or raw SQL's."""
        if versions and versions[0].number >= self.budget.version:
            return []
        last = max(self.records, key=lambda each: each.at)
        return [Version(self.budget.version, last.at, last.at, self.who(last.by))]

    def at(self, version):
        """Return (``sums.Table``, its BudgetLines) as they stood in ``version``."""
        state = history.as_of(self.records, None if version.newest else version.at)
        own = state[history.BUDGET].get(self.budget.pk, {})
        columns = self._rows(state, history.COLUMN)
        lines = self._rows(state, history.LINE)
        _fetch_related(lines)
        columns.sort(key=lambda column: (column.position, column.pk))
        lines.sort(key=lambda line: (line.section != "income", line.position, line.pk))
        keys = {line.pk for line in lines}
        table = sums.table(
            [column.as_plain() for column in columns],
            [line.as_plain() for line in lines],
            {
                (each["line"], each["column"]): each["kronor"]
                for each in state[history.AMOUNT].values()
                if each["line"] in keys
            },
            opening_label=own.get("opening_label", self.budget.opening_label),
            opening_note=own.get("opening_note", self.budget.opening_note),
        )
        return table, lines

    def _rows(self, state, kind):
        """Return the budget's rows of a kind as ``state`` has them, unsaved."""
        return [
            MODELS[kind](pk=key, **_attributes(values))
            for key, values in state[kind].items()
            if values["budget"] == self.budget.pk
        ]


def _records(kind, known, standing):
    """Return the records of one kind, and of standing rows that the history never met."""
    model = MODELS[kind]
    names = [*history.FIELDS[kind], *STORED[kind]]
    fields = [f"{name}_id" if name in RELATIONS else name for name in names]
    rows = model.history.filter(**known).order_by("history_date", "history_id")
    found = [
        history.Record(kind, key, at, deed, by, dict(zip(names, values, strict=True)))
        for key, at, deed, by, *values in rows.values_list(
            "id", "history_date", "history_type", "history_user_id", *fields
        )
    ]
    met = {record.key for record in found}
    for key, *values in model.objects.filter(**standing).values_list("pk", *fields):
        if key not in met:
            values = dict(zip(names, values, strict=True))
            found.append(history.Record(kind, key, BEGINNING, history.ADDED, None, values))
    return found


def _fetch_related(lines):
    """Give lines their payers and interventions, where these are still there: two queries."""
    payers = Organisation.objects.in_bulk({line.organisation_id for line in lines} - {None})
    known = Intervention.objects.select_related("lead")
    known = known.in_bulk({line.intervention_id for line in lines} - {None})
    for line in lines:
        line.organisation = payers.get(line.organisation_id)
        line.intervention = known.get(line.intervention_id)


def _attributes(values):
    """Return a record's values as a model takes them."""
    return {f"{name}_id" if name in RELATIONS else name: value for name, value in values.items()}
