"""The roles as groups: what a director, an editor, a board member and an auditor may do.

Code asks for permissions (``user.has_perm("budgets.change_budget")``), never for a group's name;
which rows a permission reaches is decided by ``ownership.py``.
"""

from django.apps import apps
from django.contrib.auth.models import Group, Permission

DIRECTOR, EDITOR, BOARD, AUDITOR = "förbundschef", "redaktör", "styrelse", "revisor"
ALL = (DIRECTOR, EDITOR, BOARD, AUDITOR)

HISTORY = "historical"  # simple-history's models are named historicalbudget and so on
ROOMS = ["associations", "meetings", "interventions", "budgets", "plans"]

# Whole-site things, changed by a superuser only.
FOR_SUPERUSERS = {
    "user", "access", "page", "portal", "startingchapter", "term", "situation", "referrer",
}  # fmt: skip

# What staff choose among, and read without changing it.
WORDS = {("interventions", "view_situation"), ("interventions", "view_referrer")}

# An association is made and removed by a superuser; its director and editor change its texts.
KEPT = {"add_association", "delete_association"}

# Deeds that are more than a change of a row.
ADOPT = {("budgets", "adopt_budget"), ("plans", "adopt_plan")}

# To let people in, change their role and close their accounts, within one's own associations.
INVITE = {("associations", "invite_user")}

# What an editor reads but leaves to the director: people, membership and the state's money.
FOR_DIRECTORS = {"seat", "officepost", "membership", "stateallocation"}


def _models():
    """Return the rooms' models that roles are about; their history has models of its own."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            if model._meta.model_name.removeprefix(HISTORY) not in FOR_SUPERUSERS:
                yield room, model._meta.model_name


def _permissions(*verbs, without=frozenset()):
    """Return (room, codename) of ``verbs`` on the models, but not on those in ``without``."""
    return {
        (room, f"{verb}_{name}")
        for room, name in _models()
        for verb in verbs
        if not name.startswith(HISTORY) and name not in without and f"{verb}_{name}" not in KEPT
    }


def _history():
    """Return the permissions to read what was changed, by whom. Nobody writes history."""
    return {(room, f"view_{name}") for room, name in _models() if name.startswith(HISTORY)}


def role_permissions():
    """Return role → set of (room, codename)."""
    view, history = _permissions("view") | WORDS, _history()
    change = ("add", "change", "delete")
    return {
        DIRECTOR: view | history | _permissions(*change) | ADOPT | INVITE,
        EDITOR: view | history | _permissions(*change, without=FOR_DIRECTORS),
        BOARD: view | ADOPT,
        AUDITOR: view | history,
    }


def ensure_roles():
    """Make the four groups with exactly their permissions; change nothing when they have them.

    Returns role → Group. Run it after ``migrate``, which makes the permissions.
    """
    known = {
        (p.content_type.app_label, p.codename): p
        for p in Permission.objects.filter(content_type__app_label__in=ROOMS).select_related(
            "content_type"
        )
    }
    groups = {}
    for role, wanted in role_permissions().items():
        group, _made = Group.objects.get_or_create(name=role)
        permissions = [known[pair] for pair in wanted]
        if set(group.permissions.values_list("pk", flat=True)) != {p.pk for p in permissions}:
            group.permissions.set(permissions)
        groups[role] = group
    return groups
