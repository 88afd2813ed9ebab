"""Public pages of interventions: the lists, and one page for each at its one address."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from associations.files import as_download
from associations.models import Association
from interventions import page, told
from interventions.models import Attachment, Intervention
from interventions.public_filters import AssociationInterventionFilter, InterventionFilter

PERSONS, STRUCTURE = "Stöd till enskilda", "Utveckling av samverkan"
LEARNING, OTHERS, JOINT = "Utbildning och kunskap", "Övriga", "Gemensamt för förbunden"
SYSTEMS, NO_AGE = "Nationella system", "Åldern är inte angiven"
GROUPS = [
    (PERSONS, "Insatser där människor får stöd på vägen till arbete."),
    (STRUCTURE, "Insatser som ändrar hur myndigheterna arbetar tillsammans."),
    (LEARNING, "Insatser där medarbetare och förtroendevalda lär sig mer."),
    (JOINT, "Sådant som förbunden gör tillsammans."),
    (OTHERS, "Källorna säger inte om de riktar sig till enskilda eller till samverkan."),
    (NO_AGE, "Källorna anger ingen ålder, eller så har insatsen inga deltagare."),
    (SYSTEMS, "System för hela landet, som förbunden använder. De räknas inte som insatser."),
]


@login_not_required
def intervention_list(request):
    """All public interventions, grouped; filtered and ordered by the address's query."""
    chosen = InterventionFilter(
        request.GET, queryset=Intervention.objects.published().with_owners()
    )
    return render(request, "interventions/list.html", _listing(chosen))


@login_not_required
def association_interventions(request, association):
    """One association's public interventions, those it shares with others too."""
    association = get_object_or_404(Association, slug=association)
    chosen = AssociationInterventionFilter(
        request.GET,
        queryset=Intervention.objects.published().with_owners().filter(associations=association),
    )
    context = _listing(chosen) | {"association": association}
    return render(request, "interventions/list.html", context)


def _listing(chosen):
    """Return what the list's template needs: groups, and how many there are."""
    rows = list(chosen.qs)
    by_age = bool(chosen.form.is_valid() and chosen.form.cleaned_data.get("alder") is not None)
    members = {title: [] for title, _ in GROUPS}
    for intervention in rows:
        members[_group(intervention, by_age)].append(intervention)
    systems = len(members[SYSTEMS])
    return {
        "filter": chosen,
        "groups": [
            {"title": title, "text": text, "interventions": _ended_last(members[title])}
            for title, text in GROUPS
            if members[title]
        ],
        "number": len(rows) - systems,
        "systems": systems,
        "states": page.states(each for each in rows if each.form != Intervention.Form.SYSTEM),
    }


def _group(intervention, by_age):
    """Return the title of the group that an intervention is listed in."""
    if intervention.form == Intervention.Form.SYSTEM:
        return SYSTEMS
    if by_age and intervention.age_from is None and intervention.age_to is None:
        return NO_AGE
    if intervention.lead is None:
        return JOINT
    if intervention.individual_percent is not None:
        return PERSONS if intervention.individual_percent >= 50 else STRUCTURE
    return LEARNING if intervention.form == Intervention.Form.TRAINING else OTHERS


def _ended_last(interventions):
    """Return them in the same order, with those that have ended last."""
    return sorted(interventions, key=lambda intervention: intervention.has_ended)


@login_not_required
def intervention(request, slug):
    """An intervention of the whole site; one that an association leads lives with it (301)."""
    public = Intervention.objects.published().with_owners().with_review().filter(slug=slug)
    found = public.filter(lead__isnull=True).first()
    if found is not None:
        return _page(request, found)
    elsewhere = list(public[:2])
    if len(elsewhere) != 1:
        raise Http404("Ingen insats har den adressen.")
    return redirect(elsewhere[0], permanent=True)


@login_not_required
def association_intervention(request, association, slug):
    """An association's intervention; one that lives elsewhere is pointed to (301)."""
    association = get_object_or_404(Association, slug=association)
    shared = Q(lead=association) | Q(associations=association)
    public = Intervention.objects.published().with_owners().with_review()
    public = public.filter(shared, slug=slug).distinct()
    found = sorted(public, key=lambda intervention: intervention.lead_id != association.pk)
    if not found:
        raise Http404("Förbundet har ingen insats med den adressen.")
    if found[0].lead_id != association.pk:
        return redirect(found[0], permanent=True)
    return _page(request, found[0], association)


@login_not_required
def attachment_file(request, pk):
    """A file of a public intervention."""
    public = Intervention.objects.published()
    return as_download(get_object_or_404(Attachment, pk=pk, intervention__in=public).file)


def _page(request, intervention, association=None):
    context = told.context(intervention) | {
        "may_edit": request.user.is_authenticated and intervention.can_be_edited_by(request.user),
        "fault_url": f"{intervention.get_absolute_url()}fel/",
    }
    if association is not None:
        context["association"] = association
    return render(request, "interventions/intervention.html", context)
