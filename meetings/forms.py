"""The form of a meeting: what follows from title and date need not be written."""

from itertools import count

from django.utils.text import slugify

from associations.own_forms import OwnForm
from meetings.models import Meeting


class MeetingForm(OwnForm):
    """A meeting, whose address comes from the title and whose year comes from the date."""

    class Meta:
        help_texts = {
            "slug": "Sista ledet i mötets webbadress. Tomt betyder att den görs av rubriken.",
            "year": "Tomt betyder datumets år.",
            "public": "Ikryssat får alla läsa mötets anteckningar på webbplatsen.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("slug", "year"):
            if name in self.fields:  # one who only reads has no fields
                self.fields[name].required = False

    def clean_slug(self):
        title = self.cleaned_data.get("title", "")
        return self.cleaned_data["slug"] or free_address(title, self.instance.pk)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("year") is None and "year" not in self.errors:
            if cleaned.get("date"):
                cleaned["year"] = cleaned["date"].year
            else:
                self.add_error("year", "Skriv år, eller datum.")
        return cleaned


def free_address(title, pk=None):
    """Return an address made of ``title`` that no meeting but ``pk`` has: "agarmote-2"."""
    wanted = slugify(title)[:70] or "mote"
    taken = set(
        Meeting.objects.filter(slug__startswith=wanted)
        .exclude(pk=pk)
        .values_list("slug", flat=True)
    )
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)
