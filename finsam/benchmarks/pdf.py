"""The plan of 2020 made into a PDF by a warm engine, beside headless Chromium printing its html.

Chromium gets the same html with the same stylesheet and fonts, and is started for each round, as
a server would that prints with it. What the engine keeps on disk does not help it: each round's
html has a comment of its own.
"""

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from finsam import pdf
from finsam.timing import Missing, Times, in_turn
from plans.models import Plan
from plans.printing import printed

TITLE = "Planen 2020 som PDF bredvid Chromiums utskrift av samma html"
GOAL = 1.5
POINT = "p50"
ROUNDS = 20
CHROMIUM = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-sync", "--disable-background-networking", "--disable-component-update",
    "--no-pdf-header-footer",
]  # fmt: skip
STYLE = """
import base64, sys
from finsam import pdf_writer as w
def address(name):
    font = (w.STATIC / "fonts" / f"finsam-sans-whole-{name}.woff2").read_bytes()
    return "data:font/woff2;base64," + base64.b64encode(font).decode()
faces = [w._font_face(*face, address(face[0])) for face in w.FACES]
sys.stdout.write("".join(faces) + (w.STATIC / "css/paper.css").read_text())
"""


def measure(rounds, small=False):
    """Time Chromium's print and the engine's PDF of the same html, in turn."""
    if not shutil.which("chromium"):
        raise Missing("Chromium saknas.")
    plan = Plan.objects.get(association__slug="sodra-vatterbygden", year=2020, edition=1)
    page = printed(plan)
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "plan.html", Path(folder) / "plan.pdf"
        source.write_text(page.html.replace("</head>", f"<style>{_style(page)}</style></head>"))
        command = [*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}"]

        def chromium(turn):
            made.unlink(missing_ok=True)
            subprocess.run([*command, source.as_uri()], check=True, capture_output=True)
            assert made.read_bytes().startswith(b"%PDF")

        def engine(turn):
            pdf.wait(replace(page, html=f"{page.html}<!-- {made} {turn} -->"))

        times = in_turn(rounds, chromium, engine, warm_up=1 if small else 3)
    return Times(f"{rounds} gånger", ("Chromium", times[0]), ("finsam", times[1]))


def _style(page):
    """Return the house's stylesheet and fonts, read by a process of its own: we have no engine."""
    command = [pdf.sys.executable, "-c", STYLE]
    style = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=pdf.settings.BASE_DIR
    ).stdout
    return f"{style}:root {{ --accent: {page.colour}; }}"
