"""Fetching a PDF as a browser does: asking again while it is being made."""

import time


def fetch(client, address, seconds=120):
    """Return the answer at ``address`` when the PDF is made."""
    until = time.monotonic() + seconds
    while (answer := client.get(address)).status_code == 202:
        assert time.monotonic() < until, "The PDF was not made in time."
        time.sleep(0.1)
    return answer
