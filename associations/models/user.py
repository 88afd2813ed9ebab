"""Those who log in, and which associations they work for."""

from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.db import models

from associations.ownership import Written
from associations.recording import Records, histories

STAYS = (
    "{} har gjort något som står i historiken, så kontot tas aldrig bort. Stäng det i stället: "
    "öppna kontot, ta bort krysset vid ”Aktiv” och spara. Då kan ingen logga in med det, och "
    "namnet står kvar vid det som är gjort."
)


class User(Written, AbstractUser):
    """A member of staff, a board member or an auditor. The role is a group, see ``roles.py``."""

    is_staff = models.BooleanField(default=True, editable=False)  # what one may do is the role's

    associations = models.ManyToManyField(
        "associations.Association",
        verbose_name="förbund",
        through="associations.Access",
        related_name="users",
    )

    class Meta(AbstractUser.Meta):
        verbose_name = "användare"
        verbose_name_plural = "användare"
        permissions = [("invite_user", "Kan bjuda in dem som arbetar för förbundet")]

    def clean_fields(self, exclude=None):
        """Lay the names on one line first: they are printed in letters."""
        for name in ("first_name", "last_name"):
            setattr(self, name, " ".join(getattr(self, name).split()))
        super().clean_fields(exclude=exclude)

    @classmethod
    def written_texts(cls):
        """Return the names and the address; the password is stored as no text."""
        return [field for field in super().written_texts() if field.name != "password"]

    def missing_to_delete(self):
        """Return why the account can't be deleted, in sentences; else its name would be lost."""
        made = [model.objects.filter(history_user=self) for model in histories()]
        made.append(apps.get_model("admin", "LogEntry").objects.filter(user=self))
        named = self.get_full_name() or self.get_username()
        return [STAYS.format(named)] if any(rows.exists() for rows in made) else []


class Access(models.Model):
    """That a user works for an association. One person may serve several, never all by default."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="användare")
    association = models.ForeignKey(
        "associations.Association", models.CASCADE, verbose_name="förbund"
    )

    history = Records()

    class Meta:
        verbose_name = "behörighet"
        verbose_name_plural = "behörigheter"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "association"],
                name="access_once",
                violation_error_message="Användaren har redan behörighet till förbundet.",
            )
        ]

    def __str__(self):
        return f"{self.user} – {self.association}"
