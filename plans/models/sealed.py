"""The file of an adopted plan: its very bytes, and the hash by which anybody knows it again."""

from hashlib import sha256

from django.db import models

from associations.ownership import Owned


class SealedFile(Owned):
    """The PDF of an adopted plan, as it was when the board adopted it. It never changes."""

    owner_path = "plan__association"

    plan = models.OneToOneField(
        "plans.Plan", models.PROTECT, verbose_name="plan", related_name="sealed_file"
    )
    data = models.BinaryField("fil")
    size = models.PositiveIntegerField("storlek i byte")
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    filename = models.CharField("filnamn", max_length=200)
    sealed_at = models.DateTimeField("låst", auto_now_add=True)

    class Meta:
        verbose_name = "låst fil"
        verbose_name_plural = "låsta filer"

    def __str__(self):
        return self.filename

    @property
    def is_sealed(self):
        return True

    @property
    def hash_parts(self):
        """The hash in pieces, between which a narrow screen may break the line."""
        return [self.sha256[start : start + 16] for start in range(0, 64, 16)]

    @classmethod
    def of(cls, plan, data, filename):
        """Return a new unsaved file of ``plan`` from its bytes."""
        digest = sha256(data).hexdigest()
        return cls(plan=plan, data=data, size=len(data), sha256=digest, filename=filename)
