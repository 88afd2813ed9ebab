"""The laws of the house: what no change may break. Each law also shows that it looked."""

import ast
import re
import subprocess
import sys
import warnings
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.template import Context, Origin, Template
from django.template.loader import get_template

from tests.addresses import every_address
from tests.undefined_variables import UndefinedTemplateVariable

pytestmark = [pytest.mark.house, pytest.mark.django_db]

ROOT = Path(settings.BASE_DIR)
ROOMS = ["finsam", "plans", "budgets", "interventions", "meetings", "associations"]
SOURCES = [
    path
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())

# Addresses that answer without a login. A new one is a decision: write it here.
OPEN_ADDRESSES = {
    "",
    "favicon.ico",
    "farger.css",
    "komponenter/",
    "om/<slug:slug>/",
    "sok/",
    "moten/",
    "moten/<slug:slug>/",
    "moten/<slug:slug>.pdf",
    "insatser/",
    "insatser/<slug:slug>/",
    "insatser/<slug:slug>/kort/",
    "insatser/<slug:slug>/kort.pdf",
    "insatser/<slug:slug>/fel/",
    "insatser/bilaga/<int:pk>/",
    "insatser/<slug:slug>/resultat.<str:form>",
    "<slug:association>/insatser/<slug:slug>/resultat.<str:form>",
    "insatser/hitta/",
    "effekter/",
    "effekter/<slug:slug>/",
    "effekter/<slug:slug>.csv",
    "<slug:association>/",
    "<slug:association>/om/",
    "<slug:association>/insatser/",
    "<slug:association>/insatser/<slug:slug>/",
    "<slug:association>/insatser/<slug:slug>/kort/",
    "<slug:association>/insatser/<slug:slug>/kort.pdf",
    "<slug:association>/insatser/<slug:slug>/fel/",
    "schema/budget.json",
    "kontrollera/",
    "<slug:association>/budget/",
    "<slug:association>/budget/jamfor/",
    "<slug:association>/budget/<int:year>.<str:form>",
    "<slug:association>/budget/<int:year>/utgava/<int:number>.<str:form>",
    "<slug:association>/budget/<int:year>/",
    "<slug:association>/budget/<int:year>/utgava/<int:number>/",
    "<slug:association>/<plankind:kind>/",
    "<slug:association>/<plankind:kind>/<int:year>/",
    "<slug:association>/<plankind:kind>/<int:year>.pdf",
    "<slug:association>/<plankind:kind>/<int:year>/utgava/<int:edition>/",
    "<slug:association>/<plankind:kind>/<int:year>/utgava/<int:edition>.pdf",
    "<slug:association>/moten/",
    "<slug:association>/moten/<slug:slug>/",
    "<slug:association>/moten/<slug:slug>.pdf",
    "<slug:association>/dokument/",
    "<slug:association>/dokument/<slug:slug>/",
    "<slug:association>/dokument/<slug:slug>/fil/",
    "<slug:association>/nyheter/",
    "<slug:association>/nyheter/<slug:slug>/",
    # logging in, and finding a forgotten password
    "admin/login/",
    "konto/login/",
    "konto/login/code/confirm/",
    "konto/logout/",
    "konto/inactive/",
    "konto/2fa/authenticate/",
    "konto/password/reset/",
    "konto/password/reset/done/",
    "konto/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    "konto/password/reset/key/done/",
    # allauth's own; finsam.accounts keeps signing up closed
    "konto/signup/",
    "konto/confirm-email/",
    "konto/^confirm-email/(?P<key>[-:\\w]+)/$",
}

BULK_CALLS = {"bulk_create", "bulk_update", "aupdate", "raw", "cursor", "executescript"}

# Whatever else rounds than associations/decimals.py: half up, everywhere that a number is shown.
ROUNDS = {"round", "quantize", "floatformat", "intcomma", "trunc"}
PRECISE = re.compile(r"\.[0-9]+[a-zA-Z%]?$|[eEfFgGn%]$")  # in a format: ".1f", "g", "%"
ROUNDS_IN_TEXT = re.compile(
    r"floatformat|stringformat:.[^\"']*\.|toFixed|toPrecision|toLocaleString|Math\.(?:round|trunc)"
    r"|NumberFormat"
)
ROUNDS_ELSEWHERE = {
    ("associations/number_formats.py", ".15g"),  # it reads: a spreadsheet's own number of digits
    ("associations/number_formats.py", "f"),  # all the digits of a Decimal, however many
}

# Calls that pass the history by, in code that never touches an audited model: (file, call).
PASSES_HISTORY = {
    ("associations/prepared.py", "cursor"),  # it reads
    ("budgets/audited.py", "cursor"),  # it writes the history itself
    ("budgets/counting.py", "cursor"),  # it says who counts
    ("finsam/country/writing.py", "bulk_create"),  # the history begins in one statement
    ("finsam/country/budgets.py", "bulk_update"),
    ("finsam/country/making.py", "cursor"),
    ("finsam/page_times.py", "cursor"),  # it changes nothing, on a database to throw away
    ("finsam/search/asking.py", "cursor"),  # it reads
    ("finsam/kept_pages/asked.py", "cursor"),  # it reads
    ("finsam/kept_pages/public_state.py", "cursor"),  # it reads
    ("finsam/triggers.py", "cursor"),  # it puts triggers up
    ("finsam/database_roles.py", "cursor"),  # it grants rights
}


def test_imports_run_one_way():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    analysed = re.search(r"Analyzed (\d+) files", result.stdout)
    assert analysed and int(analysed[1]) >= len(SOURCES)
    assert "1 kept, 0 broken" in result.stdout


def test_open_addresses_are_those_listed():
    views = every_address()
    opened = {route for route, view in views if not getattr(view, "login_required", True)}
    assert len(views) > 60
    assert opened == OPEN_ADDRESSES


def _overrides(name):
    """Tell whether another package has a template of this name, so that ours stands in for it."""
    others = [Path(app.path) / "templates" for app in apps.get_app_configs()]
    return any((folder / name).exists() for folder in others)


def test_no_template_is_unused():
    texts = {path: path.read_text() for path in [*SOURCES, *TEMPLATES]}
    by_django = {"404.html", "403.html", "500.html", "400.html", "403_csrf.html"}
    unused = []
    for template in TEMPLATES:
        name = template.relative_to(ROOT / "templates").as_posix()
        named = any(name in text for path, text in texts.items() if path != template)
        if not (named or name in by_django or _overrides(name)):
            unused.append(name)
    assert len(TEMPLATES) > 25
    assert not unused


def test_every_template_parses():
    for template in TEMPLATES:
        get_template(template.relative_to(ROOT / "templates").as_posix())
    assert len(TEMPLATES) > 25


def test_an_undefined_template_variable_fails():
    own = Template("{{ nowhere }}", origin=Origin(str(ROOT / "templates/x.html")))
    others = Template("{{ nowhere|default:'–' }}", origin=Origin("/elsewhere/x.html"))
    with pytest.raises(UndefinedTemplateVariable, match="nowhere"):
        own.render(Context({}))
    assert others.render(Context({})) == "–"


def test_warnings_are_errors():
    with pytest.raises(UserWarning):
        warnings.warn("looked", UserWarning, stacklevel=1)


def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check=True, dry_run=True)  # SystemExit when one is
    assert capsys.readouterr().out.count("\n") == 1
    assert all((ROOT / room / "migrations/0001_initial.py").exists() for room in ROOMS[1:])


def test_fixtures_are_loaded_and_valid():
    entries = defaultdict(set)  # an adopted budget stands twice: as a draft, then adopted
    for path in sorted((ROOT / "fixtures").glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text()):
            entries[entry["model"]].add(entry["pk"])
    assert sum(map(len, entries.values())) > 300
    faults = []
    for label, keys in entries.items():
        rows = apps.get_model(label)._default_manager.in_bulk(keys)
        faults += [f"{label} {key}: not there" for key in keys - set(rows)]
        for row in rows.values():
            try:
                row.full_clean()
            except ValidationError as error:
                faults.append(f"{label} {row.pk} {row}: {error}")
    assert not faults, "\n".join(faults)


def _calls(path):
    """Yield (line, name of the method called, the call) of every method call in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, node.func.attr, node


def test_nothing_passes_the_history_by():
    audited = [model for model in apps.get_models() if hasattr(model, "history")]
    found, looked = set(), 0
    for path in SOURCES:
        for _line, name, call in _calls(path):
            looked += 1
            # a dict's update takes a mapping; a queryset's takes fields by name
            update = name == "update" and call.keywords and not call.args
            if update or name in BULK_CALLS:
                found.add((path.relative_to(ROOT).as_posix(), name))
    assert len(audited) > 8 and looked > 500
    assert found == PASSES_HISTORY


KEYS = {"pk", "-pk", "history_id", "-history_id"}


def test_every_order_ends_in_the_key():
    """Without it PostgreSQL shows a row with ties on two pages and another on none."""
    open_ended, looked = [], 0
    for path in SOURCES:
        calls = list(_calls(path))
        # values that all differ have no ties
        distinct = {id(call.func.value) for _line, name, call in calls if name == "distinct"}
        for line, name, call in calls:
            if name == "order_by" and call.args and id(call) not in distinct:
                looked += 1
                if getattr(call.args[-1], "value", None) not in KEYS:
                    open_ended.append(f"{path.relative_to(ROOT)}:{line}")
    for model in apps.get_models():
        ordering = model._meta.ordering
        if ordering and model.__module__.split(".")[0] in ROOMS:
            looked += 1
            if ordering[-1] not in KEYS and not hasattr(model, "history_id"):
                open_ended.append(model.__name__)
    assert looked > 60
    assert not open_ended


def _pins(lock):
    return dict(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;]+)", (ROOT / lock).read_text(), re.M))


def test_locks_agree_and_name_no_address():
    run, tests = _pins("requirements.lock"), _pins("requirements-test.lock")
    assert len(run) > 30
    assert run.items() <= tests.items()
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert text.count("--hash=sha256:") >= len(_pins(lock.name))
        assert "://" not in text and "-index" not in text


def _rounding(tree):
    """Yield what in a file's code rounds a number: a call, a format, a division made whole."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ROUNDS:
                yield name
            inner = [each for arg in node.args for each in ast.walk(arg)] if name == "int" else ()
            if any(isinstance(getattr(each, "op", None), ast.Div) for each in inner):
                yield "int(… / …)"
        elif isinstance(node, ast.FormattedValue) and node.format_spec:
            parts = node.format_spec.values
            spec = "".join(each.value if isinstance(each, ast.Constant) else "0" for each in parts)
            if PRECISE.search(spec):
                yield spec
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            text = getattr(node.left, "value", None)
            if isinstance(text, str) and re.search(r"%[0-9.]*[efg]", text):
                yield text


def test_all_that_is_shown_is_rounded_by_one_function():
    found, looked = set(), 0
    for path in SOURCES:
        looked += 1
        for what in _rounding(ast.parse(path.read_text())):
            found.add((path.relative_to(ROOT).as_posix(), what))
    scripts = sorted((ROOT / "static/js").glob("*.js"))
    for path in [*TEMPLATES, *scripts]:
        if word := ROUNDS_IN_TEXT.search(path.read_text()):
            found.add((path.relative_to(ROOT).as_posix(), word[0]))
    assert looked > 200 and scripts
    assert found <= ROUNDS_ELSEWHERE
    samples = ["round(x)", "f'{x:.0f}'", "f'{x:,.{n}f}'", "f'{x:g}'", "int(a / b)", "'%.1f' % x"]
    assert all(list(_rounding(ast.parse(each))) for each in [*samples, "x.quantize(y)"])
    assert not list(_rounding(ast.parse("f'{x:,} {y:>9} {z:02d} {d:%Y-%m-%d}'; int(a)")))
