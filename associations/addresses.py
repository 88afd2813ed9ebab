"""Addresses as people type them: slashes and capitals are taken away, all else is refused."""

from django import forms
from django.utils.text import slugify


class AddressField(forms.SlugField):
    """A part of a web address: ``/Mitt-Forbund/`` is read as ``mitt-forbund``.

    What can't be an address is refused with one that can.
    """

    def to_python(self, value):
        return super().to_python(value).strip().strip("/").lower()

    def run_validators(self, value):
        try:
            super().run_validators(value)
        except forms.ValidationError as error:
            able = slugify(value)
            if able and able != value and any(e.code == "invalid" for e in error.error_list):
                raise forms.ValidationError(
                    "En adress har bara a–z, siffror, bindestreck och understreck. "
                    f"Skriv till exempel {able}."
                ) from error
            raise


def suggested(text, taken, longest):
    """Return an address for what is called ``text``: åäö become aao, and a number when taken.

    ``taken(address)`` tells whether it can't be had; ``longest`` is how many letters it may have.
    Returns "" when the text has no letter that an address can have.
    """
    stem = slugify(text)[:longest].strip("-")
    for number in range(1, 100):
        ending = f"-{number}" if number > 1 else ""
        address = f"{stem[: longest - len(ending)]}{ending}"
        if stem and not taken(address):
            return address
    return ""
