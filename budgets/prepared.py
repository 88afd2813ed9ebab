"""Queries that are made once: for what every saved cell asks.

Django takes longer to put them together, and PostgreSQL to plan them, than they take to run. So
the SQL is kept, and on PostgreSQL each connection prepares it the first time that it is asked.
"""

from itertools import count
from weakref import WeakKeyDictionary

from django.db import connection

LARGEST_KEY = 2**63 - 1  # no row has a larger one, and no database takes it
_names = count(1)
_prepared = WeakKeyDictionary()  # a connection to PostgreSQL → the names that it has prepared


class Prepared:
    """The rows, as plain values, of the ``values_list`` that ``build`` returns for some keys.

    ``build`` is called once for each kind of database, with stand-ins for the keys: it may only
    compare them with columns that hold keys.
    """

    def __init__(self, build):
        self.build, self.made = build, {}
        self.name = f"finsam_{next(_names)}"

    def __call__(self, *keys):
        if max(keys) > LARGEST_KEY:
            return []
        if connection.vendor not in self.made:
            self.made[connection.vendor] = self._make(len(keys))
        sql, params, compiler, converters = self.made[connection.vendor]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                self._execute(cursor, sql, params, keys)
            else:
                cursor.execute(sql, [keys[param] if own else param for param, own in params])
            rows = cursor.fetchall()
        return list(compiler.apply_converters(rows, converters)) if converters else rows

    def _make(self, number):
        """Return the SQL, its (parameter or place among the keys, is it a key), and the rest."""
        stand_ins = [-(10**15) - at for at in range(number)]
        compiler = self.build(*stand_ins).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        places = [
            (stand_ins.index(each), True) if each in stand_ins else (each, False) for each in params
        ]
        return sql, places, compiler, compiler.get_converters(each for each, *_ in compiler.select)

    def _execute(self, cursor, sql, params, keys):
        """Ask PostgreSQL by name; a connection is told once what the name means."""
        known = _prepared.setdefault(connection.connection, set())
        if self.name not in known:
            types = ", ".join(["bigint"] * len(keys))
            places = [f"${param + 1}" if own else "%s" for param, own in params]
            pieces = zip(sql.split("%s"), [*places, ""], strict=True)
            meant = "".join(before + place for before, place in pieces)
            constants = [param for param, own in params if not own]
            cursor.execute(f"PREPARE {self.name} ({types}) AS {meant}", constants)
            known.add(self.name)
        cursor.execute(f"EXECUTE {self.name} ({', '.join(['%s'] * len(keys))})", keys)


def whole(model):
    """Return the names of the columns of ``model``, in the order that ``one`` takes them."""
    return [field.attname for field in model._meta.concrete_fields]


def one(model, values):
    """Return the row of ``model`` that a Prepared read with the columns ``whole(model)``."""
    return model.from_db(connection.alias, whole(model), values)
