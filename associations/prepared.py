"""Queries that are made once: for what every page and every saved cell asks.

Django takes longer to put them together, and PostgreSQL to plan them, than they take to run. So
the SQL is kept, and on PostgreSQL each connection prepares it the first time that it is asked.
"""

import json
from collections import namedtuple
from datetime import date
from itertools import count
from weakref import WeakKeyDictionary, WeakSet

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    QuerySet,
    get_related_populators,
)

LARGEST_KEY = 2**63 - 1  # no row has a larger one, and no database takes it
KINDS = {int: "bigint", list: "bigint[]", str: "text", date: "date"}  # of what may be asked with
STAND_INS = (11_000, 17_000)  # where those of the two makings begin; any column of numbers has them
AMONG = {  # how a list is asked for as one value
    "postgresql": "= ANY({place})",
    "sqlite": "IN (SELECT value FROM json_each({place}))",
}
_names = count(1)
_prepared = WeakKeyDictionary()  # a connection to PostgreSQL → the names that it has prepared

Made = namedtuple("Made", "name sql params kinds read")  # ``params``: (constant or place, is place)


Compiled = namedtuple("Compiled", "sql params stand_ins compiler queryset")


class Prepared:
    """The rows of the queryset that ``build`` returns for some values, as a list.

    A queryset of a model gives instances, with what ``select_related`` joins and ``annotate``
    adds; ``values_list`` gives plain values. What is prefetched is asked by itself: ``attach``.

    ``build`` is called once for each kind of database, twice over with stand-ins for the values,
    and may only compare them with columns: ``=``, ``<`` and so on, and ``__in`` of a list. Values
    are whole numbers (keys, years), texts, days, and lists of whole numbers. A number that no
    database holds is nobody's key: no rows, and in a list it is left out. What day it is must be
    told as a value: ``build`` that looks at the clock is told so by a test. Raises TypeError for
    another kind of value, and for a ``build`` that reckons with what it is given.
    """

    every = WeakSet()

    def __init__(self, build):
        self.build, self.made = build, {}
        self.every.add(self)

    def __call__(self, *values):
        kinds = tuple(map(type, values))
        if any(
            kind is int and abs(value) > LARGEST_KEY
            for value, kind in zip(values, kinds, strict=True)
        ):
            return []
        made = self.made.get((connection.vendor, kinds))
        if made is None:
            made = self.made[connection.vendor, kinds] = self._make(kinds)
        values = [_sent(value) for value in values]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                _execute(cursor, made, values)
            else:
                params = made.params
                cursor.execute(made.sql, [values[each] if own else each for each, own in params])
            return made.read(cursor.fetchall())

    def _make(self, kinds):
        """Return the Made query: compiled twice, so that what differs is where the values stand."""
        if unknown := [kind.__name__ for kind in kinds if kind not in KINDS]:
            raise TypeError(f"A prepared query takes no {unknown[0]}.")
        first, second = (self._compiled(kinds, start) for start in STAND_INS)
        params = []
        for param, other in zip(first.params, second.params, strict=True):
            place = first.stand_ins.index(param) if param in first.stand_ins else None
            own = place is not None and second.stand_ins[place] == other
            if not own and param != other:
                raise TypeError(f"A prepared query may only compare with its values: {first.sql}")
            params.append((place if own else param, own))
        if first.sql != second.sql:
            raise TypeError(f"A prepared query is another for other values: {first.sql}")
        sql = _with_lists(first.sql, params, kinds)
        return Made(f"finsam_{next(_names)}", sql, params, kinds, _reader(first))

    def _compiled(self, kinds, start):
        stand_ins = [_stand_in(kind, start + at) for at, kind in enumerate(kinds)]
        queryset = self.build(*stand_ins)
        if queryset._prefetch_related_lookups:
            raise TypeError("A prepared query fetches its own rows alone: attach the others.")
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            raise TypeError("A prepared query that finds nothing can't be asked.") from None
        sent = [each[0] if isinstance(each, list) else _sent(each) for each in stand_ins]
        return Compiled(sql, params, sent, compiler, queryset)


def _stand_in(kind, number):
    if kind is date:
        return date.fromordinal(number)
    if kind is list:
        return [number]
    return kind(number)


def _sent(value):
    """Return ``value`` as the database is told it."""
    kind = type(value)
    if kind is date:
        return connection.ops.adapt_datefield_value(value)
    if kind is list:
        keys = [key for key in value if abs(key) <= LARGEST_KEY]
        return keys if connection.vendor == "postgresql" else json.dumps(keys)
    return value


def _with_lists(sql, params, kinds):
    """Return ``sql`` asking for each list as one value, however long it is."""
    pieces = sql.split("%s")
    for at, (place, own) in enumerate(params):
        if own and kinds[place] is list:
            if not (pieces[at].endswith("IN (") and pieces[at + 1].startswith(")")):
                raise TypeError(f"A list is only for __in: {sql}")
            before, after = AMONG[connection.vendor].split("{place}")
            pieces[at] = pieces[at].removesuffix("IN (") + before
            pieces[at + 1] = after + pieces[at + 1].removeprefix(")")
    return "%s".join(pieces)


def _reader(compiled):
    """Return a function from the rows as the database tells them to those that are given out."""
    compiler, queryset = compiled.compiler, compiled.queryset
    converters = compiler.get_converters(expression for expression, *_ in compiler.select)

    width = compiler.col_count if compiler.has_extra_select else None  # what distinct adds goes

    def converted(rows):
        rows = [row[:width] for row in rows] if width else rows
        return list(map(tuple, compiler.apply_converters(rows, converters))) if converters else rows

    if issubclass(queryset._iterable_class, FlatValuesListIterable):
        return lambda rows: [row[0] for row in converted(rows)]
    if not issubclass(queryset._iterable_class, ModelIterable):
        return converted
    info, annotated = compiler.klass_info, compiler.annotation_col_map or {}
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [expression.target.attname for expression, *_ in compiler.select[first:last]]
    populators = get_related_populators(info, compiler.select, connection.alias)

    def instances(rows):
        found = []
        for row in converted(rows):
            instance = info["model"].from_db(connection.alias, names, row[first:last])
            for populator in populators:
                populator.populate(row, instance)
            for name, column in annotated.items():
                setattr(instance, name, row[column])
            found.append(instance)
        return found

    return instances


def _execute(cursor, made, values):
    """Ask PostgreSQL by the name of the Made query."""
    types = [KINDS[kind] for kind in made.kinds]
    execute_by_name(cursor, made.name, made.sql, made.params, types, values)


def execute_by_name(cursor, name, sql, params, types, values):
    """Have PostgreSQL do what ``name`` means; a connection is told once that it means ``sql``.

    ``params``: for each place in it a constant, or the place among ``values``, and whether it is
    that; ``types`` are those of the values.
    """
    known = _prepared.setdefault(connection.connection, set())
    if name not in known:
        places = [f"${param + 1}" if own else "%s" for param, own in params]
        pieces = zip(sql.split("%s"), [*places, ""], strict=True)
        meant = "".join(before + place for before, place in pieces)
        constants = [param for param, own in params if not own]
        listed = f"({', '.join(types)})" if types else ""
        cursor.execute(f"PREPARE {name} {listed} AS {meant}", constants)
        known.add(name)
    given = f"({', '.join(['%s'] * len(values))})" if values else ""
    cursor.execute(f"EXECUTE {name} {given}", values)


class Attached(QuerySet):
    """Rows that were read already, as a related manager gives them out: whole, or not at all."""

    def _chain(self):
        raise TypeError(f"{self.model.__name__} was read already: it can't be narrowed or ordered.")

    _clone = _chain


def attach(instances, name, model, rows):
    """Let ``instance.name.all()`` of each answer without asking: ``rows`` by the instance's key.

    ``name`` is a related manager to rows of ``model``; who is not among ``rows`` has none.
    """
    for instance in instances:
        attached = Attached(model)
        attached._result_cache = list(rows.get(instance.pk, ()))
        attached._prefetch_done = True
        if not hasattr(instance, "_prefetched_objects_cache"):
            instance._prefetched_objects_cache = {}
        instance._prefetched_objects_cache[name] = attached


def whole(model):
    """Return the names of the columns of ``model``, in the order that ``one`` takes them."""
    return [field.attname for field in model._meta.concrete_fields]


def one(model, values):
    """Return the row of ``model`` that a Prepared read with the columns ``whole(model)``."""
    return model.from_db(connection.alias, whole(model), values)
