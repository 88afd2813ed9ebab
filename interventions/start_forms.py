"""What one types about a new intervention, and about a goal or a result of one."""

from django import forms
from django.core.exceptions import ValidationError

from associations.addresses import AddressField, suggested
from associations.models import Association
from associations.own_forms import offer_own
from interventions.forms import ResultForm
from interventions.models import Goal, Intervention, Result

NO_ADDRESS = "Skriv en adress. Namnet har inga bokstäver som en adress kan ha."
ADDRESS_TAKEN = "Förbundet har redan en insats på adressen {}. {} är ledig."


class StartForm(forms.ModelForm):
    """The least that an intervention's page needs; the rest is written on its own page."""

    association = forms.ModelChoiceField(
        Association.objects.none(),
        label="Förbund",
        empty_label="välj förbund",
        help_text="Delas insatsen med andra lägger du till dem sedan.",
    )
    slug = AddressField(
        label="Adress", max_length=80, required=False,
        help_text="Sista delen av webbadressen. Lämna tomt så görs den av namnet.",
    )  # fmt: skip

    class Meta:
        model = Intervention
        fields = [
            "association", "name", "slug", "form", "summary", "individual_percent",
            "target_group", "first_year", "last_year", "public",
        ]  # fmt: skip
        labels = {
            "name": "Namn",
            "form": "Form",
            "summary": "I korthet",
            "individual_percent": "Individinriktad del, procent",
            "target_group": "För vem",
            "first_year": "Från år",
            "last_year": "Till år",
            "public": "Publik",
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "target_group": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        offer_own(self.fields["association"], user)
        self.fields["form"].choices = [("", "välj form"), *Intervention.Form.choices]

    def clean(self):
        cleaned = super().clean()
        association = self.instance.lead = cleaned.get("association")
        if association is None or "slug" in self.errors or not cleaned.get("name"):
            return cleaned
        typed = cleaned.get("slug")
        longest = Intervention._meta.get_field("slug").max_length
        free = suggested(typed or cleaned["name"], self._is_taken, longest)
        if not typed:
            cleaned["slug"] = free
            if not free:
                self.add_error("slug", NO_ADDRESS)
        elif association.led_interventions.filter(slug=typed).exists():
            self.add_error("slug", ADDRESS_TAKEN.format(typed, free))
        return cleaned

    def _is_taken(self, address):
        try:
            Intervention._meta.get_field("slug").run_validators(address)
        except ValidationError:
            return True
        return self.instance.lead.led_interventions.filter(slug=address).exists()

    def save(self):
        """Save and return the intervention with its association."""
        intervention = super().save()
        intervention.associations.add(intervention.lead)
        return intervention


class GoalStartForm(forms.ModelForm):
    """A goal of an intervention."""

    class Meta:
        model = Goal
        fields = ["kind", "text", "target", "base", "year", "due_on"]
        labels = {
            "kind": "Slag",
            "text": "Mål",
            "target": "Målvärde",
            "base": "Av vilka",
            "year": "År",
            "due_on": "Senast",
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "target": "Talet i målet: 40 för 40 procent, eller ett antal.",
            "base": "För ett mål i procent: ”avslutade deltagare”.",
            "due_on": "Till exempel 2026-12-31.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "välj slag"), *Goal.Kind.choices]


class ResultStartForm(ResultForm):
    """A result of an intervention, with the intervention's own goals to choose among."""

    class Meta(ResultForm.Meta):
        model = Result
        fields = [
            "measure", "year", "period", "women", "men", "total", "percent", "base", "base_count",
            "goal", "counts_persons",
        ]  # fmt: skip
        labels = {
            "measure": "Vad som räknas",
            "year": "År",
            "period": "Period",
            "women": "Kvinnor",
            "men": "Män",
            "total": "Totalt",
            "percent": "Procent",
            "base": "Av vilka",
            "base_count": "Av antal",
            "goal": "Mål som det svarar mot",
            "counts_persons": "Räknar deltagare",
        }

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = self.instance.intervention.goals.all()
