"""Contrast of an association's colour, by the formula of WCAG 2.2 (relative luminance)."""

import re

from django.core.exceptions import ValidationError

from associations.decimals import write_decimal

LIGHT_PAPER = "#faf9f6"
DARK_PAPER = "#14191a"
COUNTY = "#3a4750"  # of what no single association owns
LEAST_CONTRAST = 4.5
HEX_COLOUR = re.compile(r"#[0-9a-f]{6}")


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast ratio (1–21) between two colours written ``#rrggbb``."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _validate(colour, paper, name):
    if not HEX_COLOUR.fullmatch(colour):
        raise ValidationError("Skriv färgen som # och sex tecken, 0–9 och a–f: #0b5a82.")
    ratio = contrast(colour, paper)
    if ratio < LEAST_CONTRAST:
        raise ValidationError(
            f"Färgen {colour} syns för dåligt mot {name} bakgrund. Kontrasten är "
            f"{write_decimal(ratio, 2)} och ska vara minst {write_decimal(LEAST_CONTRAST)}."
        )


def validate_on_light(colour):
    """Raise ValidationError unless ``colour`` can be read on the light paper."""
    _validate(colour, LIGHT_PAPER, "ljus")


def validate_on_dark(colour):
    """Raise ValidationError unless ``colour`` can be read on the dark paper."""
    _validate(colour, DARK_PAPER, "mörk")
