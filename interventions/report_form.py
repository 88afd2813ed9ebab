"""The form that a visitor tells a fault in, and what keeps machines from it."""

from django import forms
from django.core import signing

from interventions.models import Report
from interventions.models.reports import ANSWER_DAYS

FASTEST = 3  # seconds; nobody reads the page and writes a sentence in less
OLDEST = 24 * 60 * 60  # seconds; the page may lie open over a day
LONGEST = 2000  # characters
SIGNER = signing.TimestampSigner(salt="interventions.report")


class ReportForm(forms.ModelForm):
    """What is wrong, and where an answer may be sent.

    ``stamp`` is the page's signed time: too fast, too old or another page's is refused.
    ``homepage`` is hidden from people, and refused when filled in. Whatever is refused, what was
    typed stays.
    """

    homepage = forms.CharField(label="Lämna rutan tom", required=False)
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Report
        fields = ["text", "reply_to"]
        labels = {"text": "Vad är fel, eller vad saknas?", "reply_to": "E-post, om du vill ha svar"}
        help_texts = {
            "text": "Skriv inget om någon enskild, och inga personnummer.",
            "reply_to": "Används bara för att svara dig. Tas bort när felet är åtgärdat, "
            f"senast efter {ANSWER_DAYS} dagar.",
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST}),
            "reply_to": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args, intervention, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.intervention = intervention
        self.fields["stamp"].initial = self._stamp()

    def _stamp(self):
        return SIGNER.sign(str(self.instance.intervention.pk))

    def clean_text(self):
        text = self.cleaned_data["text"]
        if len(text) > LONGEST:
            raise forms.ValidationError(
                f"Texten är {len(text)} tecken lång. Högst {LONGEST} får plats."
            )
        return text

    def clean(self):
        super().clean()
        if self.cleaned_data.get("homepage"):
            self.add_error(None, "En ruta som ska vara tom var ifylld. Skicka en gång till.")
        sentence = self._refused_stamp()
        if sentence:
            self.add_error(None, sentence)

    def _refused_stamp(self):
        stamp = self.cleaned_data.get("stamp", "")
        try:
            right = SIGNER.unsign(stamp, max_age=OLDEST) == str(self.instance.intervention.pk)
        except signing.BadSignature:
            right = False
        if not right:
            return "Sidan har legat öppen för länge. Det du skrev står kvar. Skicka en gång till."
        try:
            SIGNER.unsign(stamp, max_age=FASTEST)
        except signing.SignatureExpired:
            return ""
        return "Det gick så fort att det kan ha varit en maskin. Vänta lite och skicka igen."

    def renew(self):
        """Give the page a new stamp where the old one doesn't hold, and empty the hidden field."""
        self.data = self.data.copy()
        self.data["homepage"] = ""
        try:
            SIGNER.unsign(self.data.get("stamp", ""), max_age=OLDEST)
        except signing.BadSignature:
            self.data["stamp"] = self._stamp()

    def keep(self):
        """Store the report; the very same words that wait already are not stored twice.

        Whoever sends one has the old addresses forgotten.
        """
        Report.objects.forget_addresses()
        waiting = Report.objects.waiting().filter(intervention=self.instance.intervention)
        if not waiting.filter(text=self.cleaned_data["text"]).exists():
            self.save()
