"""Where a reading in of results is taken back by who did it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from interventions.intake import undoing
from interventions.intake.import_views import may_import


@require_http_methods(["GET", "HEAD", "POST"])
def results_import_undo(request, key):
    """Show what would go and what would stand again, then do it. Another's reading is 404."""
    may_import(request.user)
    found = undoing.done_by(request.user, key)
    if not found:
        raise Http404("Du har ingen sådan inläsning.")
    if request.method == "POST":
        try:
            done = undoing.take_back(key, request.user)
        except ValueError as error:
            messages.error(request, f"Inget är ändrat. {error}")
            return redirect("results_import_undo", key)
        messages.success(
            request,
            f"Inläsningen är borttagen. Borttagna resultat: {done.new}. "
            f"Återställda: {done.changed}. Historiken har kvar båda.",
        )
        return redirect("results_import")
    context = {"done": found[0], "missing": found[0].missing_to_take_back(request.user)}
    return render(request, "interventions/results_undo.html", context)
