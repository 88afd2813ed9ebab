"""The letters that notes go by: a, b, … z, aa, ab, …"""


def letters():
    """Yield a, b, … z, aa, ab, … for notes."""
    number = 0
    while True:
        number += 1
        text, rest = "", number
        while rest:
            rest, digit = divmod(rest - 1, 26)
            text = chr(ord("a") + digit) + text
        yield text
