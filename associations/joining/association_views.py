"""The page where an administrator adds an association: one form, all at once or not at all."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from associations.joining import beginning
from associations.joining.account_views import tell
from associations.joining.association_forms import AssociationForm, PeopleFormSet


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("associations.add_association", raise_exception=True)
def association_new(request):
    """Ask for all that a new association begins with, save it and send the invitations."""
    sent = request.POST if request.method == "POST" else None
    form, people = AssociationForm(sent), PeopleFormSet(sent, prefix="people")
    if sent is not None and all([form.is_valid(), people.is_valid()]):
        try:
            association, accounts = beginning.begin(form, people)
        except IntegrityError:  # the same was saved meanwhile; the forms now tell what is taken
            form, people = AssociationForm(sent), PeopleFormSet(sent, prefix="people")
            return _shown(request, form, people, 422)
        messages.success(
            request, f"{association.name} finns nu på /{association.slug}/. Det här är dess början."
        )
        for account in accounts:
            tell(request, account)
        return redirect("work_users" if accounts else "work")
    return _shown(request, form, people, 200 if sent is None else 422)


def _shown(request, form, people, status):
    context = {"form": form, "people": people}
    return render(request, "joining/association_new.html", context, status=status)
