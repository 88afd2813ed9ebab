"""The years that anything here may be about: a slip of the key is no year."""

from django.core.validators import MaxValueValidator, MinValueValidator

FIRST, LAST = 1990, 2199
SENTENCE = f"Skriv ett år från {FIRST} till {LAST}."
WITHIN_REACH = [MinValueValidator(FIRST, SENTENCE), MaxValueValidator(LAST, SENTENCE)]
