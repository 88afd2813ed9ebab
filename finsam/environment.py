"""What the settings read from the environment, and what production refuses to start with."""

import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MINIMUM_KEY_LENGTH = 50


def flag(environ, name):
    """True when the variable ``name`` is set to 1, true, yes or on."""
    return environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def words(environ, name):
    """The comma-separated words of the variable ``name``, without blanks."""
    return [word.strip() for word in environ.get(name, "").split(",") if word.strip()]


def database(url, data_dir):
    """Return Django's DATABASES entry for ``url``, or SQLite in ``data_dir`` when it is empty.

    SQLite runs with a write-ahead log, immediate transactions and a busy timeout of 20 seconds;
    it is bound to one machine. Raises ImproperlyConfigured for a scheme it does not know.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(data_dir) / "db.sqlite3"),
            "CONN_MAX_AGE": 60,  # seconds; to read the schema with its triggers takes 20 ms
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # recursive_triggers: a row that REPLACE takes away meets the seals, too
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA recursive_triggers=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL börjar med ”{parts.scheme}:”. finsam känner postgresql:// och, "
            "utan DATABASE_URL, SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def owner_database(environ, site):
    """Return the database of ``DATABASE_OWNER_URL``, whose role owns the tables, or None.

    Raises ImproperlyConfigured unless it is the same PostgreSQL as the ``site``'s, by another role.
    """
    if not environ.get("DATABASE_OWNER_URL"):
        return None
    owner = database(environ["DATABASE_OWNER_URL"], "")
    same = all(owner.get(name) == site.get(name) for name in ("ENGINE", "HOST", "PORT", "NAME"))
    if not same or owner.get("USER") == site.get("USER"):
        raise ImproperlyConfigured(
            "DATABASE_OWNER_URL ska vara samma databas som DATABASE_URL, med en annan roll."
        )
    return owner


def cache(data_dir, *, demo):
    """Return Django's CACHES entry: files that all workers share, or memory in the demo.

    It holds the counts of attempts to log in. It has room for more than one who tries can fill
    before the counts run out.
    """
    if demo:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(Path(data_dir) / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }


def pages_cache(address):
    """Return Django's CACHES entry for visitors' whole pages: where ``address`` says.

    Empty: in each process, a thousand pages of some 12 kB (two entries each). ``file:///folder``:
    on disk, for all processes of the machine. ``redis://host``: Redis or Valkey, for several
    machines (needs redis-py).
    """
    if not address:
        backend = "django.core.cache.backends.locmem.LocMemCache"
        return {"BACKEND": backend, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 2_000}}
    if address.startswith("file://"):
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": urlsplit(address).path,
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address}


def stored_key(data_dir):
    """Return the demo's and the tests' secret key, made and kept in ``data_dir`` the first time."""
    path = Path(data_dir) / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(MINIMUM_KEY_LENGTH))
        path.chmod(0o600)
    return path.read_text().strip()


def refuse_debug(debug):
    """Raise ImproperlyConfigured with debug on, in the demo too: its pages tell of the settings."""
    if debug:
        raise ImproperlyConfigured("DJANGO_DEBUG får inte vara på, varken i drift eller i demon.")


def is_weak(key):
    """True for a key that is short, has few signs, repeats itself or is Django's example."""
    longest = len(key) // 2
    repeats = any(key[step:] == key[:-step] for step in range(1, longest + 1))
    short = len(key) < MINIMUM_KEY_LENGTH or len(set(key)) < 10
    return short or repeats or key.startswith("django-insecure-")


def refuse_unsafe_production(*, secret_key, allowed_hosts):
    """Raise ImproperlyConfigured when production would start in a way that is not safe."""
    if is_weak(secret_key):
        raise ImproperlyConfigured(
            f"DJANGO_SECRET_KEY saknas eller är för svag. Den ska ha minst {MINIMUM_KEY_LENGTH} "
            "tecken och vara slumpad."
        )
    if not allowed_hosts or any("*" in host or host.startswith(".") for host in allowed_hosts):
        raise ImproperlyConfigured(
            "DJANGO_ALLOWED_HOSTS ska räkna upp webbplatsens egna namn. ”*” och namn som börjar "
            "med punkt godtas inte."
        )
