"""How made-up rows are written: in bulk, with words by chance, and marked as made up."""

MADE_UP = "Påhittat"
LAST_YEAR = 2027
BATCH = 2_000  # rows a statement
WORDS = [
    *("arbete", "studier", "hälsa", "rehabilitering", "samverkan", "ungdomar", "språk", "praktik"),
    *("coachning", "stöd", "kommun", "region", "försäkring", "vägledning", "motivation"),
    *("kartläggning", "handledare", "arbetsgivare", "utvärdering"),
]


def many(model, rows):
    """Store new ``rows`` of ``model`` and return them, with their keys."""
    return model.objects.bulk_create(rows, batch_size=BATCH)


def sentence(chance, words=12):
    """Return a sentence of so many words that mean nothing."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def owned(model, rows, own):
    """Let the association own rows that several may own together."""
    through = model.associations.through
    name = model._meta.model_name
    many(through, [through(**{f"{name}_id": row.pk, "association_id": own.pk}) for row in rows])
