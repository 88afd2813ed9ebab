"""The page that tells whether a file is the adopted one, and keeps no file."""

import os
import tempfile
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plans import checking
from plans.models import Plan, SealedFile

pytestmark = pytest.mark.django_db
PAGE = "/kontrollera/"


@pytest.fixture
def file(portal_data):
    """The sealed file of Södra Vätterbygden's plan for 2020."""
    return SealedFile.objects.get(plan__association__slug="sodra-vatterbygden", plan__year=2020)


def _send(client, data, name="plan.pdf"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, data, "application/pdf")})


def test_the_adopted_file_is_known_by_upload_and_by_sum(visitor, file):
    for answer in (
        _send(visitor, bytes(file.data)),
        visitor.get(PAGE, {"sha256": file.sha256}),
        visitor.get(PAGE, {"sha256": file.sha256.upper()}),
    ):
        html = answer.content.decode()
        assert answer.status_code == 200 and not answer.cookies
        for words in (
            "Ja, det är den låsta filen",
            "Den återger med nya ord planen",
            "19\u00a0november 2019",
            "Planen gäller.",
        ):
            assert words in html
        assert "Samordningsförbundet Södra Vätterbygden" in html


def test_one_changed_byte_is_enough(visitor, file):
    data = bytearray(bytes(file.data))
    data[len(data) // 2] ^= 1
    html = _send(visitor, bytes(data)).content.decode()
    assert "Nej, filen är inte fastställd här" in html
    assert sha256(data).hexdigest() in html.replace("<wbr>", "")


def test_a_replaced_plan_says_so(visitor, file):
    revision = Plan.objects.filter(replaces=file.plan).first()
    Plan.objects.filter(pk=revision.pk).update(adopted_on="2020-03-03")
    html = _send(visitor, bytes(file.data)).content.decode()
    assert "Planen är ersatt." in html and "Utgåva 2" in html and "3\u00a0mars 2020" in html


def test_nothing_of_the_file_is_kept(visitor, file, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = _send(visitor, os.urandom(5_000_000))
    assert answer.status_code == 200 and not list(tmp_path.iterdir())
    assert "Nej, filen" in answer.content.decode()


def test_what_is_too_large_or_missing_is_said(visitor, db, monkeypatch):
    assert visitor.post(PAGE, {}).status_code == 422
    monkeypatch.setattr(checking, "LARGEST", 1_000)
    answer = _send(visitor, b"x" * 20_000)
    assert answer.status_code == 413 and "för stor" in answer.content.decode()


@pytest.mark.parametrize("asked", ["", "abc", "g" * 64, "0" * 65, "' OR 1=1"])
def test_what_is_no_sum_finds_nothing(visitor, db, asked):
    answer = visitor.get(PAGE, {"sha256": asked})
    assert answer.status_code == 200
    assert "Kontrollera en fil</h1>" in answer.content.decode()
