"""What a first visit costs, as gunicorn alone serves it: bytes, requests and the letters."""

import pytest

from finsam.serving import server

MOST_BYTES = 60_000  # with all heads; nothing was in the browser before
MOST_REQUESTS = 6
PAGES = ["/", "/sodra-vatterbygden/budget/2020/", "/hoglandet/insatser/it-sparet/"]
RARE = "Łódź"


@pytest.fixture
def visit(browser, transactional_db):
    """Return a function: address → (page, {address: bytes}) of a browser that knows nothing."""
    contexts = []
    with server() as port:

        def look(address):
            context = browser.new_context(extra_http_headers={"X-Forwarded-Proto": "https"})
            contexts.append(context)
            page, asked = context.new_page(), {}
            network = context.new_cdp_session(page)
            network.send("Network.enable")
            names = {}
            network.on(
                "Network.requestWillBeSent",
                lambda event: names.update({event["requestId"]: event["request"]["url"]}),
            )
            network.on(
                "Network.loadingFinished",
                lambda event: asked.update({names[event["requestId"]]: event["encodedDataLength"]}),
            )
            page.goto(f"http://localhost:{port}{address}", wait_until="networkidle")
            return page, asked

        yield look
        for context in contexts:
            context.close()


@pytest.mark.django_db(transaction=True)
def test_the_first_visit_is_light(visit):
    for address in PAGES:
        page, asked = visit(address)
        assert len(asked) <= MOST_REQUESTS, asked
        assert 20_000 < sum(asked.values()) <= MOST_BYTES, asked
        loaded = page.evaluate(
            "document.fonts.ready.then(all => [...all].filter(f => f.status == 'loaded').length)"
        )
        assert 1 <= loaded <= 3 and not [each for each in asked if "more" in each]
        page.evaluate(f"document.querySelector('h1').textContent = '{RARE}'")
        page.wait_for_load_state("networkidle")
        assert page.evaluate(f"document.fonts.check('700 20px \"Finsam Sans\"', '{RARE}')")
