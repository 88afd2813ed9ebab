"""What one types about somebody who is to log in: name, e-mail, role, associations."""

from django import forms
from django.contrib.auth.models import Group

from associations import roles
from associations.models import Association, User
from associations.own_forms import offer_own

TAKEN = (
    "Det finns redan ett konto med den adressen. Finns det inte i din lista så arbetar personen "
    "för ett annat förbund: be en administratör lägga till ditt."
)
NO_ASSOCIATION = "Välj minst ett förbund. Ska personen inte arbeta kvar stänger du kontot."


class RoleField(forms.ModelChoiceField):
    """One of the house's roles, by its name."""

    def __init__(self, **kwargs):
        groups = Group.objects.filter(name__in=roles.ALL)
        super().__init__(groups, label="Roll", empty_label="välj roll", **kwargs)


class PersonForm(forms.ModelForm):
    """A person and the role, without associations."""

    role = RoleField()

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email"]
        labels = {"first_name": "Förnamn", "last_name": "Efternamn", "email": "E-post"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
            field.widget.attrs["autocomplete"] = "off"

    def clean_email(self):
        """Read the address in small letters, and refuse one that has an account."""
        email = self.cleaned_data["email"].lower()
        if (
            User.objects.filter(username__iexact=email).exists()
            or User.objects.filter(email__iexact=email).exists()
        ):
            raise forms.ValidationError(TAKEN)
        return email


class InviteForm(PersonForm):
    """The same, and which of one's own associations the person is to work for."""

    associations = forms.ModelMultipleChoiceField(
        Association.objects.none(), label="Förbund", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        offer_own(self.fields["associations"], user)


class AccountForm(forms.ModelForm):
    """An account's name, its role, and which of one's own associations it works for."""

    role = RoleField()
    associations = forms.ModelMultipleChoiceField(
        Association.objects.none(),
        label="Förbund",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_ASSOCIATION},
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name"]
        labels = {"first_name": "Förnamn", "last_name": "Efternamn"}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["associations"].queryset = Association.objects.for_user(user)
        self.fields["associations"].initial = self.instance.associations.all()
        self.fields["role"].initial = self.instance.groups.first()


class OpenForm(forms.Form):
    """Whether an account is to be open. The same sent twice is the same deed."""

    open = forms.TypedChoiceField(choices=[("1", "öppet"), ("0", "stängt")], coerce="1".__eq__)
