"""The demo: the fixtures' real data, six logins, and drafts to practise on. Never in production."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from associations import roles
from associations.models import Access, Association, User
from budgets.models import Budget
from finsam import pdf
from plans import kinds
from plans.models import Plan

PASSWORD = "finsam-demo"
PRACTICE = "sodra-vatterbygden"  # the association whose budget and plan get a draft

# Loaded rows leave no history by themselves; a budget's begins with what was loaded, parts first.
FIRST_KNOWN = ["budgets.Amount", "budgets.BudgetLine", "budgets.BudgetColumn", "budgets.Budget"]


@dataclass(frozen=True)
class Login:
    """A demo login: its role (None for the superuser) and the associations it serves."""

    username: str
    role: str | None
    title: str
    associations: tuple[str, ...] = ()


LOGINS = [
    Login("chef-sodra", roles.DIRECTOR, "förbundschef", ("sodra-vatterbygden", "finnveden")),
    Login("chef-hoglandet", roles.DIRECTOR, "förbundschef", ("hoglandet",)),
    Login("redaktor-sodra", roles.EDITOR, "redaktör", ("sodra-vatterbygden",)),
    Login("styrelse-sodra", roles.BOARD, "styrelse", ("sodra-vatterbygden",)),
    Login("revisor-sodra", roles.AUDITOR, "revisor", ("sodra-vatterbygden",)),
    Login("admin", None, "administratör för hela webbplatsen"),
]


def load_fixtures():
    """Load ``fixtures/*.yaml`` in the order of their names, unless there is an association.

    Returns True when something was loaded.
    """
    if Association.objects.exists():
        return False
    files = sorted(Path(settings.BASE_DIR, "fixtures").glob("*.yaml"))
    if files:
        call_command("loaddata", *map(str, files), verbosity=0)
        for model in FIRST_KNOWN:
            call_command("populate_history", model, verbosity=0)
    return bool(files)


@transaction.atomic
def make_logins():
    """Make the demo's logins with their role and associations; those that exist keep theirs."""
    groups = roles.ensure_roles()
    existing = {user.username: user for user in User.objects.all()}
    associations = {a.slug: a for a in Association.objects.all()}
    for login in LOGINS:
        user = existing.get(login.username) or _make_user(login, groups)
        for slug in login.associations:
            if slug in associations:
                Access.objects.get_or_create(user=user, association=associations[slug])


def _make_user(login, groups):
    superuser = login.role is None
    user = User(username=login.username, is_staff=True, is_superuser=superuser)
    user.set_password(PASSWORD)
    user.save()
    if not superuser:
        user.groups.add(groups[login.role])
    return user


@transaction.atomic
def make_practice_drafts():
    """Make a draft of the practice association's adopted budget, and of its plan, once."""
    adopted = Budget.objects.adopted().filter(association__slug=PRACTICE)
    budget = adopted.order_by("-year", "-edition", "pk").first()
    if budget is None or hasattr(budget, "replaced_by"):
        return
    draft = budget.revise()
    plan = budget.plans.adopted().filter(kind=kinds.PLAN.value).order_by("-edition", "pk").first()
    if plan is not None and not hasattr(plan, "replaced_by"):
        plan.revise(draft)


def seal_adopted_plans():
    """Seal the file of each plan that the fixtures adopt, once; fixtures hold no file."""
    for plan in Plan.objects.adopted().filter(sealed_file=None):
        plan.seal(pdf_of=pdf.wait)


def logins_table():
    """Return the logins as lines to print: who, what they are, and for whom."""
    names = dict(Association.objects.values_list("slug", "short_name"))
    rows = [("Inloggning", "Roll", "Förbund")]
    for login in LOGINS:
        own = [names[slug] for slug in login.associations if slug in names]
        rows.append((login.username, login.title, ", ".join(own) if login.role else "alla"))
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    lines = ["  ".join([row[0].ljust(widths[0]), row[1].ljust(widths[1]), row[2]]) for row in rows]
    return [*lines, "", f"Lösenordet är {PASSWORD} för dem alla."]
