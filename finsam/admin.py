"""The admin as a whole: its name, and one way in for everybody, through the site's own login."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import Http404

admin.site.site_header = "finsam"
admin.site.site_title = "finsam"
admin.site.index_title = "Alla uppgifter"
admin.site.login = secure_admin_login(admin.site.login)


def no_short_cut(request, rest):
    """Answer 404 where Django would name the public address of any row, drafts too."""
    raise Http404
