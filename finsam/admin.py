"""The admin as a whole: its name, and one way in for everybody, through the site's own login."""

from allauth.account import admin as account_admin
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.http import Http404

admin.site.site_header = "finsam"
admin.site.site_title = "finsam"
admin.site.index_title = "Alla uppgifter"
admin.site.login = secure_admin_login(admin.site.login)
# Roles are made by associations/roles.py, and an account has one address, the person's own.
admin.site.unregister([auth_admin.Group, account_admin.EmailAddress])
every_model = admin.site.get_app_list


def parts_last(request, app_label=None):
    """Return the admin's models, in each room what stands by itself before its parts."""
    apps = every_model(request, app_label)
    for app in apps:
        app["models"].sort(key=lambda each: _depth(each["model"]))
    return apps


def _depth(model):
    """Return how many parents a model has; what nobody owns (``owner_path`` None) has none."""
    return (getattr(model, "owner_path", None) or "").count("__")


admin.site.get_app_list = parts_last


def no_short_cut(request, rest):
    """Answer 404 where Django would name the public address of any row, drafts too."""
    raise Http404
