"""Makes a template variable that does not exist fail the test, when the template is our own.

Django asks ``string_if_invalid`` whether it is true at the moment it has found a variable missing;
this one answers with an exception, naming variable and template. In others' templates (the admin's,
allauth's) it answers False, and Django goes on as it does in production. ``{% if x %}`` and
``{% for … in x %}`` allow a missing variable, as in production.
"""

import sys
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.template.base import FilterExpression, Node

OWN_TEMPLATES = Path(settings.BASE_DIR) / "templates"


class UndefinedTemplateVariable(Exception):
    """A template of ours names a variable that its context lacks."""


class RefuseUndefined(str):
    """An empty string that raises when Django is about to put it in a template of ours."""

    __slots__ = ()

    def __bool__(self):
        frame = sys._getframe(1)
        if frame.f_code is not FilterExpression.resolve.__code__:
            return False
        variable = frame.f_locals["self"]
        template = _nearest_template(frame)
        if template and OWN_TEMPLATES in Path(template).parents:
            raise UndefinedTemplateVariable(f"{{{{ {variable} }}}} in {template}")
        return False


def _nearest_template(frame):
    """Return the file name of the template whose node is being rendered, or None."""
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return str(node.origin.name)
        frame = frame.f_back
    return None


def refuse_undefined_variables():
    """Set every Django template engine to refuse."""
    for backend in engines.all():
        if hasattr(backend, "engine"):
            backend.engine.string_if_invalid = RefuseUndefined()
