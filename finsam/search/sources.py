"""What search finds of each kind of thing, as SQL that both databases know.

A change of any row in ``tables`` makes the entries anew of the things that its SQL names, where
``{row}`` is the row before or after the change.
"""

from dataclasses import dataclass

OWN = "SELECT {row}.id"
SEPARATOR = "\x1f"  # between the parts of a text, so that an excerpt is of one of them


@dataclass(frozen=True)
class Source:
    """One kind of thing: its table, the SQL of what is found, and the tables that it comes from.

    ``t`` is the thing's own row. The columns are text and never null.
    """

    table: str
    title: str
    names: str
    lead: str
    body: str
    tables: dict[str, str]


def joined(*columns):
    """Return SQL for the columns after one another."""
    return f" || '{SEPARATOR}' || ".join(columns)


def every(value, rows, order="1"):
    """Return SQL for ``value`` of each of ``rows`` (FROM and on), after one another."""
    ordered = f"SELECT {value} AS each_one FROM {rows} ORDER BY {order}"
    return f"coalesce((SELECT {{gathered}} FROM ({ordered}) s), '')"


def dnr(row):
    """Return SQL for the registry number of a row as one speaks of it: ”dnr 2019:12”, or ""."""
    return f"CASE WHEN {row}.dnr = '' THEN '' ELSE 'dnr ' || {row}.dnr END"


def owners(through, own):
    """Return SQL for the names of the associations that own the thing, through a table."""
    rows = f"associations_association a JOIN {through} x ON x.association_id = a.id"
    return every("a.short_name", f"{rows} WHERE x.{own} = t.id")


def owned_by(through, own):
    """Return the tables that ``owners`` reads."""
    renamed = f"SELECT {own} FROM {through} WHERE association_id = {{row}}.id"
    return {through: f"SELECT {{row}}.{own}", "associations_association": renamed}


INTERVENTION = "interventions_intervention"
PARTS = ("alternativename", "goal", "link", "story", "film")
PLACES = f"{INTERVENTION}_municipalities"
SITUATIONS = f"{INTERVENTION}_situations"

SOURCES = {
    "association": Source(
        "associations_association",
        title="t.name",
        names="t.short_name",
        lead="t.vision",
        body=joined(
            "t.purpose", "t.target_groups", "t.organisation_text", "t.contact",
            every(
                "o.name",
                "associations_organisation o JOIN associations_membership m "
                "ON m.organisation_id = o.id WHERE m.association_id = t.id",
            ),
        ),
        tables={
            "associations_association": OWN,
            "associations_membership": "SELECT {row}.association_id",
            "associations_organisation": "SELECT association_id FROM associations_membership "
            "WHERE organisation_id = {row}.id",
        },
    ),
    "intervention": Source(
        INTERVENTION,
        title="t.name",
        names=every(
            "n.name", "interventions_alternativename n WHERE n.intervention_id = t.id"
        ),
        lead=joined("t.summary", "t.target_group"),
        body=joined(
            "t.description", "t.method", "t.how_to_refer", "t.responsible_note",
            every("g.text", "interventions_goal g WHERE g.intervention_id = t.id"),
            every("l.title", "interventions_link l WHERE l.intervention_id = t.id"),
            every(  # one that is not public is found by nobody: its page does not show it
                "s.title || ' ' || s.text",
                "interventions_story s WHERE s.intervention_id = t.id AND s.public",
            ),
            every(
                "f.title || ' ' || f.transcript",
                "interventions_film f WHERE f.intervention_id = t.id AND f.public",
            ),
            every(
                "w.name || ' ' || w.synonyms",
                f"interventions_situation w JOIN {SITUATIONS} x ON x.situation_id = w.id "
                "WHERE x.intervention_id = t.id",
            ),
            every(
                "o.name",
                f"associations_organisation o JOIN {PLACES} x ON x.organisation_id = o.id "
                "WHERE x.intervention_id = t.id",
            ),
            owners(f"{INTERVENTION}_associations", "intervention_id"),
        ),
        tables={
            INTERVENTION: OWN,
            **{f"interventions_{part}": "SELECT {row}.intervention_id" for part in PARTS},
            SITUATIONS: "SELECT {row}.intervention_id",
            "interventions_situation": f"SELECT intervention_id FROM {SITUATIONS} "
            "WHERE situation_id = {row}.id",
            PLACES: "SELECT {row}.intervention_id",
            "associations_organisation": f"SELECT intervention_id FROM {PLACES} "
            "WHERE organisation_id = {row}.id",
            **owned_by(f"{INTERVENTION}_associations", "intervention_id"),
        },
    ),
    "meeting": Source(
        "meetings_meeting",
        title="t.title",
        names="''",
        lead="t.summary",
        body=joined(
            "t.place", "t.attendance_note",
            every(
                "i.title || ' ' || i.text",
                "meetings_agendaitem i WHERE i.meeting_id = t.id",
                "i.position",
            ),
            every(
                "d.paragraph || ' ' || d.text", "meetings_decision d WHERE d.meeting_id = t.id"
            ),
            every("p.text", "meetings_actionpoint p WHERE p.meeting_id = t.id"),
            owners("meetings_meeting_associations", "meeting_id"),
        ),
        tables={
            "meetings_meeting": OWN,
            "meetings_agendaitem": "SELECT {row}.meeting_id",
            "meetings_decision": "SELECT {row}.meeting_id",
            "meetings_actionpoint": "SELECT {row}.meeting_id",
            **owned_by("meetings_meeting_associations", "meeting_id"),
        },
    ),
    "chapter": Source(
        "plans_chapter",
        title="t.title",
        names="(SELECT p.title FROM plans_plan p WHERE p.id = t.plan_id)",
        lead="''",
        body=joined(
            "t.body",
            f"(SELECT {dnr('p')} FROM plans_plan p WHERE p.id = t.plan_id)",
            "(SELECT a.short_name FROM associations_association a "
            "JOIN plans_plan p ON p.association_id = a.id WHERE p.id = t.plan_id)",
        ),
        tables={
            "plans_chapter": OWN,
            "plans_plan": "SELECT id FROM plans_chapter WHERE plan_id = {row}.id",
            "associations_association": "SELECT c.id FROM plans_chapter c JOIN plans_plan p "
            "ON p.id = c.plan_id WHERE p.association_id = {row}.id",
        },
    ),
    "document": Source(
        "associations_document",
        title="t.title",
        names=dnr("t"),
        lead="t.description",
        body=owners("associations_document_associations", "document_id"),
        tables={
            "associations_document": OWN,
            **owned_by("associations_document_associations", "document_id"),
        },
    ),
    "news": Source(
        "associations_news",
        title="t.title",
        names="''",
        lead="t.lead",
        body=joined("t.body", owners("associations_news_associations", "news_id")),
        tables={
            "associations_news": OWN,
            **owned_by("associations_news_associations", "news_id"),
        },
    ),
    "page": Source(
        "associations_page",
        title="t.title",
        names="''",
        lead="t.lead",
        body="t.body",
        tables={"associations_page": OWN},
    ),
}  # fmt: skip
