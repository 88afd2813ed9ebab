"""Everything that an intervention's public page tells, in the order of the page."""

from django.db.models import Prefetch

from associations.models import Association, Organisation, Term
from interventions import costs, glossary, money, page, suppression, timeline, written
from interventions import results as results_of
from interventions.models import Intervention

HUES = ("b", "c", "d")  # of the payers that have no colour of their own
SHORTEST = 3  # sentences of how it goes, before the whole section of results


def context(intervention):
    """Return what the page's template needs, in a number of queries that never grows."""
    payers = money.payer_table(intervention)
    found = _who(intervention) | _texts(intervention) | _money(payers)
    found |= _goes(intervention, payers)
    found["sources"] = [
        (document, [written.without(place, found["unsaid"]) for place in places])
        for document, places in found["sources"]
    ]
    return found | {"words": _words(found)}


def _who(intervention):
    """Return whom it is for, where, and whom one asks; and what came before and after."""
    public = Intervention.objects.published().with_owners()
    return {
        "intervention": intervention,
        "for_persons": intervention.is_for_persons,
        "owners": _owners_with_places(intervention),
        "municipalities": list(intervention.municipalities.all()),
        "referrers": list(intervention.referrers.all()),
        "contacts": list(intervention.contacts.select_related("organisation")),
        "before": list(public.filter(succeeded_by=intervention)),
        "after": list(public.filter(preceded_by=intervention)),
    }


def _texts(intervention):
    """Return what there is to read more: names, stories, films, links, files and sources."""
    sources = page.sources(intervention)
    return {
        "other_names": list(intervention.alternative_names.all()),
        "stories": list(intervention.stories.published()),
        "films": list(intervention.films.published()),
        "links": list(intervention.links.all()),
        "attachments": list(intervention.attachments.all()),
        "sources": sources,
        "source_years": _years_of(sources),
    }


def _goes(intervention, payers):
    """Return how it goes: goals beside results, the history by year, and what a person cost."""
    measured, worded, outcomes = results_of.aims_and_outcomes(intervention)
    against = [each for aim in measured for each in aim.outcomes]
    results = against + [each for each in outcomes if each not in against]
    years = timeline.of(
        intervention.first_year,
        intervention.last_year,
        list(intervention.milestones.all()),
        [aim.goal for aim in (*measured, *worded)],
        payers,
        [(each.result.year, each.sentence) for each in results],
    )
    return {
        "measured": measured,
        "unmeasured": [aim for aim in measured if not aim.outcomes],
        "withheld": [aim for aim in measured if aim.withheld],
        "worded": worded,
        "outcomes": outcomes,
        "told": _in_short(measured, outcomes),
        "more": any(aim.latest for aim in measured),
        "by_sex": any(each.result.women is not None for each in outcomes),
        "suppressed": any(each.public.suppressed for each in results),
        "unsaid": frozenset().union(*(each.public.unsaid for each in results)),
        "few_to": suppression.FEWEST - 1,
        "results_csv": intervention.results_url("csv"),
        "results_json": intervention.results_url("json"),
        "timeline": years,
        "costs": costs.of(payers, results),
    }


def _money(payers):
    """Return the payers with what their chart needs."""
    fullest, summary = payers.fullest, payers.summary
    shown = fullest.parts if fullest and len(fullest.payments) > 1 else []
    other = iter(HUES * len(shown))
    return {
        "payers": payers,
        "parts_title": f"Så delar finansiärerna på kostnaden {summary.years}" if summary else "",
        "parts": [
            {
                "label": payment.payer,
                "value": payment.paid,
                "percent": share,
                "kind": "accent" if payment.slug else next(other),
                "slug": payment.slug,
            }
            for payment, share in shown
        ],
        "series": [{"label": "Kostnad", "values": payers.series[1]}] if payers.series else [],
    }


def _owners_with_places(intervention):
    """Return [(association, its member municipalities' names)], the leading one first."""
    municipalities = Organisation.objects.filter(
        kind=Organisation.Kind.MUNICIPALITY, memberships__valid_to__isnull=True
    ).order_by("short_name", "pk")
    owners = Association.objects.filter(interventions=intervention).prefetch_related(
        Prefetch("members", municipalities.distinct(), to_attr="places")
    )
    ordered = sorted(owners, key=lambda each: each.pk != intervention.lead_id)
    return [(each, [place.short_name for place in each.places]) for each in ordered]


def _in_short(measured, outcomes):
    """Return a few sentences of how it goes: how many took part, and what is held against goals."""
    took_part = [each for each in outcomes if each.sentence]
    newest = max((each.result.year or 0 for each in took_part), default=0)
    latest = [each for each in took_part if (each.result.year or 0) == newest]
    against = [
        f"{aim.latest.sentence} Målet: {_lower(aim.goal.text)}"
        for aim in measured
        if aim.latest and aim.latest.sentence
    ]
    room = max(1, SHORTEST - len(against))
    return [_with_sexes(each) for each in latest[:room]] + against


def _with_sexes(outcome):
    """Return the sentence, with women and men where both may be shown."""
    women, men = outcome.public.counts.women, outcome.public.counts.men
    if not (isinstance(women, int) and isinstance(men, int)):
        return outcome.sentence
    return f"{outcome.sentence.removesuffix('.')}: {women} kvinnor och {men} män."


def _lower(text):
    return text[:1].lower() + text[1:]


def _years_of(sources):
    """Return ”2015–2020” of the sources' years, or "" without any."""
    years = sorted({document.year for document, _ in sources})
    if len(years) > 1:
        return f"{years[0]}–{years[-1]}"
    return str(years[0]) if years else ""


def _words(found):
    """Return the words of the trade that are explained, by where on the page they first stand."""
    intervention = found["intervention"]
    owners = " ".join(owner.name for owner, _ in found["owners"])
    texts = [
        ("summary", intervention.summary),
        ("target", intervention.target_group),
        ("where", owners),
        ("runs", intervention.responsible_note),
        ("pays", " ".join(found["payers"].names)),
        ("goes", " ".join(found["told"])),
        ("form", intervention.get_form_display()),
        ("refer", intervention.how_to_refer),
        ("description", intervention.description),
        ("method", intervention.method),
    ]
    return glossary.first_places(texts, Term.objects.all())
