"""Queries whose SQL is made once: for what every saved cell asks.

Django takes longer to put them together than the database to answer them.
"""

from django.db import connection


class Prepared:
    """The rows, as plain values, of the ``values_list`` that ``build`` returns for some keys.

    ``build`` is called once for each kind of database, with stand-ins for the keys: it may only
    compare them with columns that hold keys.
    """

    def __init__(self, build):
        self.build, self.made = build, {}

    def __call__(self, *keys):
        sql, params, compiler, converters = self._made(len(keys))
        with connection.cursor() as cursor:
            cursor.execute(sql, [keys[param] if own else param for param, own in params])
            rows = cursor.fetchall()
        return list(compiler.apply_converters(rows, converters)) if converters else rows

    def _made(self, number):
        """Return the SQL, its (parameter or place among the keys, is it a key), and the rest."""
        if connection.vendor not in self.made:
            stand_ins = [-(10**15) - at for at in range(number)]
            compiler = self.build(*stand_ins).query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            places = [
                (stand_ins.index(each), True) if each in stand_ins else (each, False)
                for each in params
            ]
            converters = compiler.get_converters(each for each, _, _ in compiler.select)
            self.made[connection.vendor] = sql, places, compiler, converters
        return self.made[connection.vendor]


def whole(model):
    """Return the names of the columns of ``model``, in the order that ``one`` takes them."""
    return [field.attname for field in model._meta.concrete_fields]


def one(model, values):
    """Return the row of ``model`` that a Prepared read with the columns ``whole(model)``."""
    return model.from_db(connection.alias, whole(model), values)
