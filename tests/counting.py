"""Counts the queries of one page, to hold the number while the data grows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, address):
    """GET ``address``, which must answer 200, and return the number of queries it took."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        if response.streaming:
            b"".join(response)
    assert response.status_code == 200, address
    return len(captured)
