"""What staff meet is Swedish: no message without its Swedish words, and no English word, is shown.

Every page of the admin, of the accounts and of import and export is rendered, with what forms say
when nothing is filled in. A message that the catalogues have no Swedish for is known by watching
the catalogues while the page is made, so that one that is the same in both languages passes.
"""

import re
from html.parser import HTMLParser

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin as django_admin
from django.contrib.auth import get_user_model
from django.core import mail
from django.template import Context, Template
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.translation import trans_real

from tests.admin_pages import address, upload

pytestmark = [pytest.mark.house, pytest.mark.django_db]

CONTEXT = "\x04"  # stands between a message's context and itself
SHOWN_ATTRIBUTES = ("title", "alt", "placeholder", "aria-label", "label")
# Words that no Swedish text has, and that an untranslated sentence can hardly be without.
ENGLISH = re.compile(
    r"\b(the|this|that|these|with|your|you|are|was|were|will|from|please|select|delete|deleted|"
    r"save|saved|add|added|change|changed|view|search|password|and|have|has|must|"
    r"yes|no|none|unknown|required|invalid|error|submit|back|home|log out|sign)\b",
    re.IGNORECASE,
)
# Words of names: a field of study, a method, an address, a language's own word.
NAMES = re.compile(
    r"(?:[\w.-]+@[\w.-]+|https?://\S+|/\S+/|supported employment|case manage\w+|add-in|"
    r"\bfrån och med\b)",
    re.IGNORECASE,
)


# Pages whose form is also sent with nothing in it; the others only ask for a press.
SENT_EMPTY = re.compile(r"/(add|change|import|export|password|konto)/(?!logout)")


class Shown(HTMLParser):
    """The texts of a page that somebody sees or hears."""

    def __init__(self, html):
        super().__init__()
        self.texts, self._silent = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self._silent += tag in ("script", "style", "code")
        self.texts += [values[name] for name in SHOWN_ATTRIBUTES if values.get(name)]
        if tag == "input" and values.get("type") in ("submit", "button", "reset"):
            self.texts.append(values.get("value") or "")

    def handle_endtag(self, tag):
        self._silent -= tag in ("script", "style", "code")

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.texts.append(" ".join(data.split()))


@pytest.fixture
def missed(monkeypatch):
    """Return the set of messages that were asked for and have no Swedish."""
    found = set()
    catalogue = trans_real.DjangoTranslation

    def gettext(self, message):
        if message and message not in self._catalog:
            found.add(message.split(CONTEXT)[-1])
        return super(catalogue, self).gettext(message)

    def ngettext(self, one, many, number):
        if (one, self.plural(number)) not in self._catalog:
            found.update((one.split(CONTEXT)[-1], many.split(CONTEXT)[-1]))
        return super(catalogue, self).ngettext(one, many, number)

    monkeypatch.setattr(catalogue, "gettext", gettext)
    monkeypatch.setattr(catalogue, "ngettext", ngettext)
    return found


def english_in(texts, missed):
    """Return what is English in the texts: (message or word, the text that it stands in)."""
    whole = "\n".join(texts)
    found = set()
    for message in missed:
        parts = [
            re.escape(part.strip()) for part in re.split(r"%\(\w+\)[sdr]|%[sdr]|{\w*}", message)
        ]
        if max(map(len, parts), default=0) < 3:
            continue
        for place in re.finditer(rf"(?<!\w){'.{0,80}'.join(parts)}(?!\w)", whole):
            found.add((message, place[0]))
    for text in texts:
        found |= {(word[0], text[:160]) for word in ENGLISH.finditer(NAMES.sub("", text))}
    return found


def test_the_law_sees_what_is_english(missed):
    unheard = "{% load i18n %}<p>{% translate 'Quite unheard of' %}, {% translate 'Delete' %}</p>"
    said = Shown(Template(unheard).render(Context()))
    assert english_in(said.texts, missed) == {("Quite unheard of", "Quite unheard of")}
    assert english_in(["Log out", "Enter och Not"], set()) == {("Log out", "Log out")}


def admin_addresses():
    """Yield every page of the admin: each model's list, form, history, removal, files."""
    yield from ("/admin/", "/admin/password_change/", "/admin/jsi18n/")
    for model in django_admin.site._registry:
        row = model._base_manager.order_by("pk").first()
        for what in ("changelist", "add", "import", "export"):
            yield _reversed(model, what)
        for what in ("change", "delete", "history"):
            yield _reversed(model, what, row.pk) if row else None
        yield f"/admin/{model._meta.app_label}/"
    yield reverse("admin:auth_user_password_change", args=[get_user_model().objects.first().pk])


def _reversed(model, what, *args):
    try:
        return address(model, what, *args)
    except NoReverseMatch:
        return None


def answers(client, addresses):
    """Yield (address, answer) of each page: read, and for a form also sent with nothing in it."""
    for each in dict.fromkeys(filter(None, addresses)):
        page = client.get(each, follow=True)
        yield each, page
        if SENT_EMPTY.search(each):
            yield f"POST {each}", client.post(each, {}, follow=True)


def faults(pages, missed):
    """Return (address, message, text) of all that is English in the pages."""
    found, looked = set(), 0
    for where, page in pages:
        if not page.headers.get("Content-Type", "").startswith("text/html"):
            continue
        looked += 1
        said = Shown(page.content.decode())
        found |= {(where, *each) for each in english_in(said.texts, missed)}
        missed.clear()
    return found, looked


def told(found):
    return "\n".join(sorted(f"{where}: {word!r} in {text!r}" for where, word, text in found))


def test_the_admin_is_swedish(client_for, missed):
    found, looked = faults(answers(client_for("admin"), admin_addresses()), missed)
    assert looked > 300
    assert not found, told(found)


ACCOUNT = [
    "/konto/login/", "/konto/logout/", "/konto/inactive/", "/konto/signup/",
    "/konto/password/reset/", "/konto/password/reset/done/", "/konto/password/reset/key/done/",
    "/konto/password/reset/key/1-xyz-abc/", "/konto/confirm-email/", "/konto/confirm-email/x/",
    "/konto/2fa/authenticate/", "/konto/login/code/confirm/",
]  # fmt: skip
MINE = [
    "/konto/", "/konto/email/", "/konto/password/change/", "/konto/password/set/",
    "/konto/reauthenticate/", "/konto/logout/",
    "/konto/2fa/", "/konto/2fa/totp/activate/", "/konto/2fa/totp/deactivate/",
    "/konto/2fa/recovery-codes/", "/konto/2fa/recovery-codes/generate/",
    "/konto/2fa/webauthn/", "/konto/2fa/webauthn/add/", "/konto/2fa/reauthenticate/",
]  # fmt: skip


def test_accounts_are_swedish(client_for, missed):
    visitor, person = Client(), client_for("chef-hoglandet")
    found, looked = faults(answers(visitor, ACCOUNT), missed)
    user = get_user_model().objects.get(username="chef-hoglandet")
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    more = [answers(visitor, [f"/konto/password/reset/key/{key}/"]), answers(person, MINE)]
    secret = TOTP.activate(user, "A" * 32) and RecoveryCodes.activate(user)
    person.force_login(user)
    more += [answers(person, MINE), _logged_in_half(user, secret)]
    for pages in more:
        here, number = faults(pages, missed)
        found, looked = found | here, looked + number
    assert looked > 50
    assert not found, told(found)
    get_user_model().objects.filter(pk=user.pk).update(email="prov@example.se")
    visitor.post("/konto/password/reset/", {"email": "prov@example.se"})
    letter = mail.outbox[-1]
    assert not english_in([letter.subject, letter.body], missed)


def _logged_in_half(user, _codes):
    """Yield the page that asks for the second factor, after a right password."""
    user.set_password("en lång lösenmening")
    user.save()
    client = Client()
    sent = {"login": user.username, "password": "en lång lösenmening"}
    yield "second factor", client.post("/konto/login/", sent, follow=True)
    yield "a wrong code", client.post("/konto/2fa/authenticate/", {"code": "1"}, follow=True)


def test_reading_in_files_is_swedish(client_for, missed):
    chef = client_for("chef-sodra")
    pages = []
    for model in django_admin.site._registry:
        if hasattr(django_admin.site._registry[model], "resource_classes"):
            for content in ("okänt;huvud\n1;2\n", "id\nx\n", "", "\0"):
                pages.append((f"{model.__name__} {content!r}", upload(chef, model, content)))
            pages.append((f"{model.__name__} export", chef.post(address(model, "export"), {})))
    found, looked = faults(pages, missed)
    assert looked > 100
    assert not found, told(found)
