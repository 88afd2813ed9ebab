"""The pages where people are invited, get another role, and have their accounts closed."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from associations.joining import accounts
from associations.joining.account_forms import AccountForm, InviteForm, OpenForm
from associations.models import Association

may_invite = permission_required("associations.invite_user", raise_exception=True)


@require_safe
@may_invite
def account_list(request):
    """Everybody who works for one's own associations, in a constant number of queries."""
    own = set(Association.objects.for_user(request.user))
    rows = [
        {
            "account": account,
            "roles": [group.name for group in account.groups.all()],
            "associations": [each for each in account.associations.all() if each in own],
            "waits": accounts.waits(account),
        }
        for account in accounts.seen_by(request.user)
    ]
    return render(request, "joining/account_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@may_invite
def account_invite(request):
    """Invite a person by name, e-mail and role."""
    form = InviteForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        account = accounts.make(
            sent["first_name"], sent["last_name"], sent["email"], sent["role"], sent["associations"]
        )
        tell(request, account)
        return redirect("user", account.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "joining/account_invite.html", {"form": form}, status=status)


def tell(request, account):
    """Send the account's invitation and say how it went."""
    name = account.get_full_name()
    if accounts.send(account, request):
        messages.success(request, f"{name} är inbjuden. Ett brev är skickat till {account.email}.")
    else:
        messages.warning(
            request,
            f"{name} har ett konto, men brevet gick inte att skicka. Ge personen en länk.",
        )


@require_http_methods(["GET", "HEAD", "POST"])
@may_invite
def account(request, pk):
    """Show an account, and change its name, role and associations."""
    found = get_object_or_404(accounts.seen_by(request.user), pk=pk)
    refused = accounts.refusal(found, request.user)
    if request.method == "POST" and refused:
        raise PermissionDenied(refused)
    form = AccountForm(request.POST or None, instance=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        _save(form, request.user)
        messages.success(request, f"{found.get_full_name()} är sparad.")
        return redirect("work_users")
    status = 422 if request.method == "POST" else 200
    return _shown(request, found, form, status=status)


@transaction.atomic
def _save(form, user):
    account = form.save()
    accounts.set_role(account, form.cleaned_data["role"])
    own = Association.objects.for_user(user)
    accounts.set_associations(account, form.cleaned_data["associations"], own)


def _shown(request, found, form, **more):
    status = more.pop("status", 200)
    context = {
        "account": found,
        "form": form,
        "refused": accounts.refusal(found, request.user),
        "waits": accounts.waits(found),
        "link": "",
        "days": accounts.days(),
        **more,
    }
    return render(request, "joining/account.html", context, status=status)


def _changeable(request, pk):
    """Return the account that one may change; 404 for another's, 403 for one that one only sees."""
    found = get_object_or_404(accounts.seen_by(request.user), pk=pk)
    if refused := accounts.refusal(found, request.user):
        raise PermissionDenied(refused)
    return found


@require_POST
@may_invite
def account_link(request, pk):
    """Show the address where somebody who has no password yet chooses one."""
    found = _changeable(request, pk)
    if not accounts.waits(found):
        messages.error(request, "Personen har redan valt ett lösenord, eller har ett stängt konto.")
        return redirect("user", pk)
    form = AccountForm(instance=found, user=request.user)
    return _shown(request, found, form, link=accounts.link(found, request))


@require_POST
@may_invite
def account_open(request, pk):
    """Close an account, or open it again. It is never taken away: history keeps its name."""
    found = _changeable(request, pk)
    form = OpenForm(request.POST)
    if not form.is_valid():
        return redirect("user", pk)
    found.is_active = form.cleaned_data["open"]
    found.save(update_fields=["is_active"])
    done = "öppet igen" if found.is_active else "stängt. Namnet står kvar i historiken"
    messages.success(request, f"Kontot för {found.get_full_name()} är {done}.")
    return redirect("user", pk)
