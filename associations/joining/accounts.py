"""Accounts of those who work for associations: who may do what with whose, and invitations.

An account belongs to a person, who may work for several associations. Whoever invites people
(``invite_user``) manages the accounts that work for their own associations alone; an account that
also works for another association, or is an administrator's, is an administrator's to change.
"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from associations.models import Access, Association, User

ONESELF = "Ditt eget konto ändrar du inte här. Be en kollega eller en administratör."
SHARED = (
    "Personen arbetar också för ett annat förbund. Bara en administratör ändrar rollen eller "
    "stänger kontot."
)
ADMINISTRATOR = "Kontot är en administratörs. Det ändras bara i admin."


def seen_by(user):
    """Return the accounts that ``user`` may see: those of their own associations, without doubles.

    Administrators' accounts are seen by administrators alone.
    """
    accounts = User.objects.prefetch_related("groups", "associations").order_by(
        "last_name", "first_name", "username", "pk"
    )
    if user.is_superuser:
        return accounts
    own = Access.objects.filter(association__in=user.associations.values("pk"))
    return accounts.filter(is_superuser=False, pk__in=own.values("user"))


def refusal(account, user):
    """Return in a sentence why ``user`` may not change ``account``, which they see, or None."""
    if account.pk == user.pk:
        return ONESELF
    if account.is_superuser:
        return ADMINISTRATOR
    if user.is_superuser:
        return None
    own = user.associations.values("pk")
    return SHARED if account.associations.exclude(pk__in=own).exists() else None


def waits(account):
    """True for an account that was invited and has no password yet."""
    return account.is_active and not account.has_usable_password()


@transaction.atomic
def make(first_name, last_name, email, role, associations):
    """Save and return an account with its role, a Group, and associations, without a password.

    Its name to log in with is the e-mail address in small letters.
    """
    account = User(
        username=email.lower(), email=email.lower(), first_name=first_name, last_name=last_name
    )
    account.set_unusable_password()
    account.full_clean(exclude=["password"])
    account.save()
    set_role(account, role)
    set_associations(account, associations, Association.objects.all())
    return account


def set_role(account, role):
    """Give the account one role, a Group, in place of those it had."""
    account.groups.set([role])


def set_associations(account, chosen, among):
    """Let the account work for the ``chosen`` of the associations ``among``; others stay."""
    chosen = {each.pk for each in chosen}
    Access.objects.filter(user=account, association__in=among).exclude(
        association__in=chosen
    ).delete()
    for key in chosen:
        Access.objects.get_or_create(user=account, association_id=key)


def link(account, request):
    """Return the whole address where the person chooses a password. It works once, for days."""
    key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return request.build_absolute_uri(path.replace("UID-KEY", key))


def days():
    """Return for how many days a link works."""
    return settings.PASSWORD_RESET_TIMEOUT // 86_400


def send(account, request):
    """Send the invitation; return True when the mail was taken, False when no mail can be sent."""
    context = {
        "account": account,
        "link": link(account, request),
        "days": days(),
        "associations": account.associations.all(),
        "inviter": request.user.get_full_name() or request.user.get_username(),
        "site": request.get_host(),
    }
    text = render_to_string("joining/invitation.txt", context)
    try:
        return send_mail(f"Inbjudan till {context['site']}", text, None, [account.email]) == 1
    except OSError:  # no mail server, or one that refuses (SMTPException is one)
        return False
