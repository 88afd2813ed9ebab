"""What one types about a new association: itself, its members, seats and first people."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from associations import identity
from associations.addresses import AddressField, suggested
from associations.joining import bodies
from associations.joining.account_forms import PersonForm
from associations.models import Association, Organisation, Seat

USUAL_START = re.compile(r"^samordningsförbundet\s+", re.IGNORECASE)
STATE_AGENCIES = ("FK", "AF")
PEOPLE = 3  # first people that there is room for; more are invited on the users' page
NAME_TAKEN = "Det finns redan ett förbund med det namnet."
SHORT_NAME_TAKEN = "Det finns redan ett förbund med det kortnamnet. Skriv ett annat."
ADDRESS_TAKEN = "Ett annat förbund har redan adressen {}. {} är ledig."
NO_ADDRESS = "Skriv en adress. Namnet har inga bokstäver som en adress kan ha."


class BodiesWidget(forms.CheckboxSelectMultiple):
    """Tick boxes folded under the region that they lie in; one with a tick stands open."""

    def render(self, name, value, attrs=None, renderer=None):
        groups = [
            (head, options, any(each["selected"] for each in options))
            for head, options, _index in self.optgroups(name, value or [], attrs)
        ]
        context = {"groups": groups, "id": (attrs or {}).get("id", "")}
        return render_to_string("joining/_bodies.html", context)


class BodiesField(forms.MultipleChoiceField):
    """Members chosen among the known bodies; cleaned to a list of Body."""

    widget = BodiesWidget

    def __init__(self, **kwargs):
        choices = [
            (head, [(body.code, body.name) for body in group]) for head, group in bodies.grouped()
        ]
        super().__init__(choices=choices, **kwargs)

    def clean(self, value):
        return [bodies.known()[code] for code in super().clean(value)]


class LinesField(forms.CharField):
    """One thing on each line; cleaned to a list of lines without blanks around them."""

    widget = forms.Textarea
    default_validators = [identity.refuse]

    def clean(self, value):
        return [line for each in super().clean(value).splitlines() if (line := each.strip())]


class SeatsField(LinesField):
    """A seat on each line, ``name, role``; cleaned to a list of (name, role)."""

    def clean(self, value):
        return [self._seat(number, line) for number, line in enumerate(super().clean(value), 1)]

    def _seat(self, number, line):
        """Read one line, with a comma, a semicolon or a tab before the role.

        Raises ValidationError naming the line when the role is missing or unknown.
        """
        roles = {label.casefold(): role for role, label in Seat.Role.choices}
        person, _sign, role = re.sub(r"\s*[;\t]\s*", ",", line).rpartition(",")
        person, role = person.strip(), role.strip()
        if not person:
            raise ValidationError(f"Rad {number}, ”{line}”: skriv namn, komma och uppdrag.")
        if role.casefold() not in roles:
            raise ValidationError(
                f"Rad {number}, ”{line}”: ”{role}” är inget uppdrag. Välj bland dem ovan."
            )
        longest = Seat._meta.get_field("person").max_length
        if len(person) > longest:
            raise ValidationError(f"Rad {number}: namnet har fler än {longest} tecken.")
        return person, roles[role.casefold()]


class AssociationForm(forms.ModelForm):
    """A new association with its members and seats. Short name and address may be left out."""

    short_name = forms.CharField(
        label="Kortnamn", max_length=60, required=False,
        help_text="Så som det står i menyn. Lämna tomt så blir det namnet utan "
        "”Samordningsförbundet”.",
        error_messages={"unique": SHORT_NAME_TAKEN},
    )  # fmt: skip
    slug = AddressField(
        label="Adress", max_length=60, required=False,
        help_text="Sista delen av webbadressen, till exempel mitt-forbund. Lämna tomt så görs den "
        "av kortnamnet.",
    )  # fmt: skip
    members = BodiesField(
        label="Medlemmar", initial=STATE_AGENCIES,
        error_messages={"required": "Kryssa för minst en medlem."},
    )  # fmt: skip
    others = LinesField(
        label="Andra medlemmar", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Medlemmar som inte finns att kryssa för, ett namn på varje rad.",
    )  # fmt: skip
    seats = SeatsField(
        label="Styrelse, kansli och revisorer", required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="En person på varje rad: namn, komma, uppdrag. Det går bra att klistra in från "
        f"ett kalkylblad. Uppdragen är {', '.join(Seat.Role.labels)}.",
    )  # fmt: skip

    class Meta:
        model = Association
        fields = ["name", "short_name", "slug", "formed_on", "colour", "colour_dark"]
        field_classes = {"slug": AddressField}
        labels = {
            "name": "Namn",
            "formed_on": "Bildat den",
            "colour": "Färg på ljus botten",
            "colour_dark": "Färg på mörk botten",
        }
        help_texts = {
            "formed_on": "Till exempel 2011-04-01.",
            "colour": "Den färg som står går bra att läsa. En annan prövas innan den sparas.",
        }
        widgets = {
            "colour": forms.TextInput(attrs={"type": "color"}),
            "colour_dark": forms.TextInput(attrs={"type": "color"}),
        }
        error_messages = {"name": {"unique": NAME_TAKEN}}

    def clean_others(self):
        names = self.cleaned_data["others"]
        longest = Organisation._meta.get_field("name").max_length
        for name in names:
            if len(name) > longest:
                raise ValidationError(f"”{name[:40]}…” har fler än {longest} tecken.")
        return names

    def clean(self):
        cleaned = super().clean()
        name = cleaned.get("name")
        if name and not cleaned.get("short_name") and "short_name" not in self.errors:
            cleaned["short_name"] = USUAL_START.sub("", name)[:60].strip()
        if "slug" not in self.errors:
            self._find_address(cleaned)
        return cleaned

    def _find_address(self, cleaned):
        """Suggest an address where none is typed; name a free one when the typed one is taken."""
        typed = cleaned.get("slug")
        text = typed or cleaned.get("short_name") or ""
        free = suggested(text, self._is_taken, Association._meta.get_field("slug").max_length)
        if not typed:
            cleaned["slug"] = free
            if text and not free:
                self.add_error("slug", NO_ADDRESS)
        elif Association.objects.filter(slug=typed).exists():
            self.add_error("slug", ADDRESS_TAKEN.format(typed, free))

    @staticmethod
    def _is_taken(address):
        field = Association._meta.get_field("slug")
        try:
            field.run_validators(address)
        except ValidationError:
            return True
        return Association.objects.filter(slug=address).exists()


class FirstPersonForm(PersonForm):
    """One of the first people, in a row that may be left empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_permitted, self.use_required_attribute = True, False


class BasePeople(forms.BaseFormSet):
    """The first people; nobody stands twice."""

    def clean(self):
        seen = set()
        for form in self.forms:
            email = form.cleaned_data.get("email") if form.is_valid() else None
            if email and email in seen:
                form.add_error("email", "Adressen står på två rader.")
            seen.add(email)

    def people(self):
        """Return what was typed of each person."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]


PeopleFormSet = forms.formset_factory(
    FirstPersonForm, formset=BasePeople, extra=PEOPLE, max_num=PEOPLE, validate_max=True
)
