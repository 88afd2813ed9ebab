"""The two roles of a PostgreSQL database: one owns the tables, the site's own role owns nothing.

Who owns a table may take its triggers down, empty it or change it. So the site reads and writes
rows only: it can't unseal what is adopted, nor change the history.
"""

from django.core.management.base import CommandError
from django.db import connections

from associations import keeping

TOO_MUCH = (
    "Rollen {web} i DATABASE_URL {why}. Då kan webbplatsen låsa upp det som är fastställt. "
    "Gör en egen roll för webbplatsen: CREATE ROLE {web} LOGIN; utan andra rättigheter."
)
ASKED = """
SELECT rolsuper, pg_has_role(oid, %s, 'MEMBER'),
    has_schema_privilege(oid, current_schema(), 'CREATE'),
    EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid
        AND c.relnamespace = current_schema()::regnamespace)
FROM pg_roles r WHERE rolname = %s"""
WHY = (
    "är databasens superanvändare",
    "hör till rollen som äger tabellerna",
    "får skapa tabeller",
    "äger tabeller",
)


def become_owner(owner, using="default"):
    """Let the connection ``using`` log in as ``owner`` (Django's settings of a database)."""
    connection = connections[using]
    connection.close()
    connection.settings_dict.update({name: owner[name] for name in ("USER", "PASSWORD")})


def grant(web, using="default"):
    """Give the role ``web`` what the site needs of the tables, and nothing else.

    The connection is the owner's. Raises CommandError when the role may more than that.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_user")
        schema, owner = cursor.fetchone()
        for statement in statements(connection.ops.quote_name, schema, web):
            cursor.execute(statement)
        cursor.execute(ASKED, [owner, web])
        found = cursor.fetchone()
    too_much = [why for why, true in zip(WHY, found, strict=True) if true]
    if too_much:
        raise CommandError(TOO_MUCH.format(web=web, why=" och ".join(too_much)))


def statements(quote, schema, web):
    """Yield the SQL of ``grant``: rows may be read and written, records and states only added."""
    schema, web = quote(schema), quote(web)
    for kind in ("TABLES", "SEQUENCES"):
        yield f"REVOKE ALL ON ALL {kind} IN SCHEMA {schema} FROM {web}"
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {web}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {web}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {web}"
    yield f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {web}"
    added = ", ".join(
        f"{schema}.{quote(table)}" for table in [*keeping.tables(), "plans_sealedfile"]
    )
    yield f"REVOKE UPDATE, DELETE ON {added} FROM {web}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON {schema}.django_migrations FROM {web}"
