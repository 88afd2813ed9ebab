"""What a person types about a line or a column of a budget, and in its comment."""

from django import forms

from associations.decimals import read_decimal, write
from associations.models import Organisation
from budgets import raising, sums
from budgets.fields import KronorField
from budgets.models import Budget, BudgetColumn, BudgetLine
from interventions.models import Intervention

LARGEST_RISE = 1000  # per cent


class LineForm(forms.ModelForm):
    """A line's section (new ones only), label, payer or intervention, split and note.

    A new line may be called as another one in its section only when ``twice`` says so: else it is
    a form that was sent again.
    """

    twice = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = BudgetLine
        fields = [
            "section", "label", "organisation", "intervention", *sums.CATEGORIES, "note",
        ]  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, data=None, *, instance, user):
        super().__init__(data, instance=instance)
        budget = instance.budget
        self.fields["label"].label = "radens namn"
        self.fields["organisation"].label = "medlem som betalar"
        self.fields["organisation"].help_text = "Bara för en intäkt. Då räknas den som bidrag."
        self.fields["intervention"].help_text = "Bara för en kostnad."
        self.fields["organisation"].queryset = Organisation.objects.filter(
            pk__in=budget.association.memberships.values("organisation")
        )
        own = Intervention.objects.for_user(user)
        self.fields["intervention"].queryset = own.filter(associations=budget.association_id)
        for name in sums.CATEGORIES:
            self.fields[name].required = False
            self.fields[name].label = f"{sums.CATEGORY_LABELS[name]}, procent"
        self.fields["section"].choices = [("", "Välj"), *BudgetLine.Section.choices]
        self.fields["organisation"].empty_label = self.fields["intervention"].empty_label = "Ingen"
        for field in self.fields.values():
            field.label = str(field.label).capitalize() if field.label else field.label
        if instance.pk:
            del self.fields["section"], self.fields["twice"]
            for name in self._foreign(instance.section):
                del self.fields[name]
        kept = {"organisation": instance.organisation_id, "intervention": instance.intervention_id}
        for name, key in kept.items():
            if key and name in self.fields:
                field = self.fields[name]
                field.queryset = field.queryset | field.queryset.model.objects.filter(pk=key)

    @staticmethod
    def _foreign(section):
        """Return the fields that are not about a line of the section."""
        return ["intervention", *sums.CATEGORIES] if section == "income" else ["organisation"]

    def clean(self):
        cleaned = super().clean()
        section = cleaned.get("section") or self.instance.section
        self._refuse_again(cleaned, section)
        for name in sums.CATEGORIES:
            if name in self.fields:
                cleaned[name] = cleaned.get(name) or 0
        if section == "income":
            cleaned |= {name: 0 for name in sums.CATEGORIES if name in self.fields}
            if "intervention" in cleaned:
                cleaned["intervention"] = None
            return cleaned
        if "organisation" in cleaned:
            cleaned["organisation"] = None
        whole = sum(cleaned.get(name) or 0 for name in sums.CATEGORIES)
        if section == "cost" and whole != 100:
            self.add_error(
                "individual", f"Delarna blir {whole} procent tillsammans. De ska bli 100."
            )
        return cleaned

    def _refuse_again(self, cleaned, section):
        """Ask whether a new line is to be called as one that there is."""
        label = cleaned.get("label")
        if self.instance.pk or not label or cleaned.get("twice"):
            return
        if self.instance.budget.lines.filter(section=section, label=label).exists():
            self.fields["twice"].widget = forms.CheckboxInput()
            self.fields["twice"].label = f"Lägg till en rad till som heter {label}"
            self.add_error(
                "label",
                f"Raden {label} finns redan, så inget nytt är sparat. Välj ett annat namn, eller "
                "kryssa för att det ska stå två rader med namnet.",
            )


class CommentForm(forms.ModelForm):
    """The text that explains a budget. ``seen`` is the one that the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Budget
        fields = ["comment"]
        widgets = {"comment": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, data=None, *, instance):
        super().__init__(data, instance=instance)
        self.fields["comment"].label = "Kommentar"
        self.fields["comment"].help_text = (
            "Står under tabellen när budgeten är publicerad. Förklara här varför ett år kostar "
            "mer än det ger. Stycken skiljs av en tom rad. **Fet** och - punkt går bra."
        )
        self.fields["seen"].initial = instance.comment

    def clean_comment(self):
        return one_newline(self.cleaned_data["comment"])

    def clean_seen(self):
        return one_newline(self.cleaned_data["seen"])

    def refuse(self, stored):
        """Tell that another wrote meanwhile; what was typed stays, to be sent once more."""
        self.data = {**self.data.dict(), "seen": stored}
        self.add_error(
            "comment",
            "Någon annan har ändrat kommentaren sedan du öppnade sidan. Nu står där: "
            f"”{stored or 'inget'}”. Spara igen om din text ska gälla i stället.",
        )


def one_newline(text):
    """Return ``text`` as it is stored: a form's own line ends, and the space around it, gone."""
    return text.replace("\r\n", "\n").strip()


class PercentField(forms.CharField):
    """A per cent as Swedes type it: 2,5."""

    def clean(self, value):
        text = super().clean(value)
        try:
            return read_decimal(text) or 0
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class ColumnForm(forms.ModelForm):
    """A column's year, kind and opening; for a new one also what it is copied from."""

    opening = KronorField(label="Ingående belopp, kronor", required=False)
    source = forms.ModelChoiceField(
        BudgetColumn.objects.none(),
        label="Kopiera beloppen från",
        required=False,
        empty_label="Ingen: kolumnen börjar tom",
    )
    percent = PercentField(
        label="Höj beloppen med, procent", required=False, help_text="Till exempel 2,5. Tomt är 0."
    )
    unit = forms.TypedChoiceField(
        label="Avrunda till",
        coerce=int,
        required=False,
        empty_value=1,
        choices=[(1, "hela kronor"), (100, "hundra kronor"), (1000, "tusen kronor")],
        help_text="Varje rad avrundas så att raderna tillsammans blir den höjda summan.",
    )

    class Meta:
        model = BudgetColumn
        fields = ["year", "kind", "opens_from", "opening"]

    def __init__(self, data=None, *, instance):
        super().__init__(data, instance=instance)
        columns = BudgetColumn.objects.filter(budget=instance.budget).exclude(pk=instance.pk)
        self.fields["opens_from"].queryset = columns.order_by("position", "pk")
        self.fields["opens_from"].label = "Öppnar med resultatet i"
        self.fields["opens_from"].empty_label = "Ingen: beloppet skrivs in, eller saknas"
        self.fields["year"].label, self.fields["kind"].label = "År", "Slag"
        if instance.pk:
            for name in ("source", "percent", "unit"):
                del self.fields[name]
        else:
            self.fields["source"].queryset = columns.order_by("position", "pk")

    def _get_validation_exclusions(self):
        """Check the year and kind against the budget's other columns, too."""
        return super()._get_validation_exclusions() - {"budget"}

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not 1990 <= year <= 2199:
            raise forms.ValidationError("Skriv ett årtal med fyra siffror, till exempel 2027.")
        return year

    def clean_percent(self):
        percent = self.cleaned_data["percent"]
        try:
            raising.raised([], percent, 1)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if percent > LARGEST_RISE:
            raise forms.ValidationError(f"Skriv högst {write(LARGEST_RISE)} procent.")
        return percent
