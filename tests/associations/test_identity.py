"""No text that people write may hold a personal identity number, however it is disguised."""

import datetime
import random

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from associations import identity
from associations.files import NUMBERED, validate_file
from associations.models import News
from associations.ownership import Written
from budgets.models import Budget
from plans.models import Chapter
from tests.test_house import ROOMS, SOURCES

WRITTEN_AS_NUMBERS = "Deltagaren 900101-1239 började."  # no person's: made with its check digit

# Models whose texts are not read: what is not written by people at work, or is no sentence.
NOT_READ = {
    "finsam.FormSent",  # a sum and an address, by the machine
    "finsam.SearchEntry",  # made by triggers of rows that were read
    "plans.SealedFile",  # a file's name and sum, by the machine
}
# Fields of forms that go to no row as text.
FORMS_NOT_READ = {
    ("CellForm", "cell"),  # which cell
    ("CellForm", "typed"),  # an amount, or refused
    ("WholeForm", "loaded"),  # amounts
    ("ColumnForm", "percent"),  # a number, or refused
    ("ChoicesForm", "name"),  # which sheet
    ("ImportForm", "text"),  # a table, whose texts are read row by row
    ("SearchForm", "q"),  # what is looked for is kept by nobody
    ("ReportForm", "homepage"),  # for robots; nothing of it is kept
    ("SumForm", "sha256"),  # a checksum that is looked up
    ("ExampleForm", "title"),  # the page of components saves nothing
    ("ExampleForm", "text"),
}
NOT_BY_PEOPLE = (forms.HiddenInput, forms.PasswordInput)

DASHES = "-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\uff0d\ufe58"
SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{IDEOGRAPHIC SPACE}\t"
UNSEEN = "\u200b\u200d\u2060\ufeff\u00ad\u3164\u2800"
BETWEEN = [*DASHES, *SPACES, *UNSEEN, *"+./_", "\n", "\r\n", "\n\n", " - ", "  ", "**", "&nbsp;"]
DIGITS = [0x30, 0xFF10, 0x660, 0x966, 0x1D7CE, 0x1D7F6]  # where other scripts' digits begin


def checked(nine):
    """Return ``nine`` digits with their check digit, reckoned another way than the code does."""
    doubled = "".join(str(int(d) * (1 + (at + 1) % 2)) for at, d in enumerate(nine))
    return nine + str((10 - sum(map(int, doubled)) % 10) % 10)


def numbers(last=datetime.date(2012, 1, 1)):
    """Identity and coordination numbers of 10 and of 12 digits."""

    def made(day, serial, coordination, long):
        written = f"{day:%y%m}{day.day + (60 if coordination else 0):02}{serial:03}"
        return (f"{day.year // 100}" if long else "") + checked(written)

    days = st.dates(datetime.date(1925, 1, 1), last)
    return st.builds(made, days, st.integers(0, 999), st.booleans(), st.booleans())


@st.composite
def disguised(draw):
    """An identity number with anything between its digits, in the digits of any script."""
    number, script = draw(numbers()), draw(st.sampled_from(DIGITS))
    between = draw(st.sampled_from([BETWEEN, [draw(st.sampled_from(BETWEEN))]]))
    gaps = draw(st.sampled_from([{2, 4, 6}, {6}, {6, 8}, {8}, set(range(1, 12)), None]))
    if gaps is None:
        gaps = set(draw(st.lists(st.integers(1, 11), unique=True)))
    text = ""
    for at, digit in enumerate(number):
        if at in gaps and at:
            text += draw(st.sampled_from(between))
        text += chr(script + int(digit)) if draw(st.booleans()) else digit
    return text


def shape(text):
    """Tell what else a disguise happens to look like: those shapes pass, as the module says."""
    plain = identity.readable(text)
    return (
        identity._TELEPHONE.fullmatch(plain)
        or identity._AMOUNTS.fullmatch(plain)
        or identity._REGISTRY.fullmatch(plain)
        or identity._ISO_DATE.search(plain)
    )


@given(disguised(), st.sampled_from(["", "Deltagaren ", "1. ", "(", "Kvinna,\n"]))
def test_every_disguise_is_found(written, before):
    assert identity.find(f"{before}{written} började.") is not None or shape(written), written


@given(numbers(), st.sampled_from(["", "-", " ", "+", "\N{EN DASH}", " - "]))
def test_numbers_as_people_write_them_are_found_anywhere(number, dash):
    written = f"{number[:-4]}{dash}{number[-4:]}"
    for text in (
        written,
        f"12 345 {written}",
        f"{written}, 14 år",
        f"x:{written};900 kr",
        f"{written}\n1 200",
    ):
        assert identity.find(text) is not None, text


@given(numbers(), st.integers(1, 9))
def test_a_wrong_check_digit_passes_but_in_the_usual_form(number, more):
    wrong = number[:-1] + str((int(number[-1]) + more) % 10)
    assert identity.find(f"Ärende {wrong}.") is None
    assert identity.find(f"Ärende {wrong[:-4]}-{wrong[-4:]}.") is not None


@pytest.mark.parametrize(
    "text",
    [
        "19900101-T123",
        "900101-tf12",
        "90 01 01 R123",
        "1990-01-01-X123",
        "\N{FULLWIDTH DIGIT NINE}00101 P123",
    ],
)
def test_temporary_numbers_are_found(text):
    assert identity.find(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Dnr 2019/0112-1234, 2020:14 och SVF 2018/33",
        "Möte 2019-03-12 13:00–15:00, 2008-05-14 10.30",
        "2019-01-01–2019-12-31",
        "2010-11-23 1 250 kr",
        "2019-03-12 E304",
        "Tel. 010-116 50 00, 036-10 10 10, 08-123 456 78, +46 10 116 50 00",
        "Organisationsnummer 222000-1234, 802478-0013",
        "1 345 100\n785 670\n136 870",
        "12 100\n95 300",
        "| 12 100 | 95 300 |",
        "Bankgiro 5050-1055, plusgiro 95 06 11-7",
        "2014, 2015, 2016, 2017",
    ],
)
def test_what_has_another_shape_passes(text):
    assert identity.find(text) is None


def test_random_tables_of_amounts_and_dates_pass():
    chance = random.Random(2003)

    def amount():
        return f"{chance.randrange(1_000, 9_999_999):,}".replace(",", chance.choice(" \u00a0"))

    def day():
        return datetime.date(2003, 1, 1) + datetime.timedelta(chance.randrange(8_400))

    looked = 0
    for mark in ("\t", " | ", "  ", "; ", "\n"):
        for _ in range(400):
            rows = [[amount() for _ in range(4)] for _ in range(8)]
            table = "\n".join(mark.join(row) for row in rows)
            notes = [f"{day()} {amount()} kr", f"dnr {day():%Y}/{chance.randrange(9999):04}"]
            period = f"{day()}–{day()}"
            assert identity.find("\n\n".join([table, *notes, period])) is None
            looked += 1
    assert looked == 2_000


def test_the_sentence_never_repeats_the_number():
    with pytest.raises(ValidationError) as refused:
        identity.refuse(WRITTEN_AS_NUMBERS)
    assert refused.value.messages == [identity.SENTENCE]
    assert not any(each.isdigit() for each in identity.SENTENCE)


def own_models():
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and not model.__name__.startswith("Historical")
    ]


def texts_of(model):
    return {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and field.editable
        and not field.choices
        and field.name != "password"  # kept as no text
    }


def test_every_text_of_every_model_is_read():
    looked, unread = 0, set()
    for model in own_models():
        for name in texts_of(model):
            looked += 1
            if not issubclass(model, Written) or name not in {
                f.name for f in model.written_texts()
            }:
                unread.add(model._meta.label)
    assert looked > 90
    assert unread <= NOT_READ, unread


def test_every_model_refuses_in_its_own_words():
    refusing = 0
    for model in own_models():
        for name in texts_of(model) if issubclass(model, Written) else ():
            row, others = model(), [f.name for f in model._meta.fields if f.name != name]
            setattr(row, name, WRITTEN_AS_NUMBERS)
            with pytest.raises(ValidationError) as refused:
                row.clean_fields(exclude=others)
            limit = model._meta.get_field(name).max_length
            plain = refused.value.message_dict[name]
            refused_as = (
                "giltig",
                "Skriv bara",
                "Skriv en webbadress",
            )  # an address is refused before it is read
            shaped = any(words in str(plain) for words in refused_as)
            assert identity.SENTENCE in plain or (limit and limit < 40) or shaped
            refusing += 1
    assert refusing > 90


def own_forms(kind=forms.BaseForm):
    for form in kind.__subclasses__():
        yield from own_forms(form)
        if form.__module__.split(".")[0] in ROOMS:
            yield form


def test_every_text_of_every_form_is_read():
    assert get_resolver().url_patterns  # every view is imported, and so every form
    forms_seen, unread = 0, set()
    for form in set(own_forms()):
        forms_seen += 1
        model = getattr(getattr(form, "_meta", None), "model", None)
        by_model = texts_of(model) if model is not None and issubclass(model, Written) else set()
        for name, field in form.base_fields.items():
            by_people = not isinstance(field.widget, NOT_BY_PEOPLE)
            if isinstance(field, forms.CharField) and by_people and name not in by_model:
                unread |= set() if identity.refuse in field.validators else {(form.__name__, name)}
    assert forms_seen > 15 and len(SOURCES) > 50
    assert unread <= FORMS_NOT_READ, unread - FORMS_NOT_READ


def test_admin_import_and_editors_refuse_alike(client_for, chef_sodra):
    chef = client_for("chef-sodra")
    own = chef_sodra.associations.first()
    news = {"associations": [own.pk], "title": "Nytt", "slug": "nytt-x", "body": WRITTEN_AS_NUMBERS}
    page = chef.post("/admin/associations/news/add/", news)
    assert page.context["adminform"].form.errors == {"body": [identity.SENTENCE]}
    rows = f"förbund;rubrik;adress;text\n{own.slug};Nytt;nytt-x;{WRITTEN_AS_NUMBERS}\n"
    file = SimpleUploadedFile("rader.csv", rows.encode())
    address = "/admin/associations/news/import/"
    page = chef.post(address, {"import_file": file, "format": "0"})
    assert identity.SENTENCE in page.content.decode() and "confirm_form" not in page.context
    assert not News.objects.filter(slug="nytt-x").exists()
    draft = Budget.objects.for_user(chef_sodra).filter(adopted_on=None).first()
    sent = {"comment": WRITTEN_AS_NUMBERS, "seen": draft.comment}
    page = chef.post(f"/arbeta/budget/{draft.pk}/kommentar/", sent)
    assert page.context["form"].errors == {"comment": [identity.SENTENCE]}
    assert not Chapter.objects.filter(body__contains="900101").exists()


def test_no_kept_file_is_named_by_a_number():
    for name in ("19121212-1212.pdf", "intyg 191212121212.pdf"):
        with pytest.raises(ValidationError) as refused:
            validate_file(SimpleUploadedFile(name, b"%PDF-1.7"))
        assert refused.value.message == NUMBERED and not any(map(str.isdigit, NUMBERED))
    validate_file(SimpleUploadedFile("Protokoll 2020-03-12.pdf", b"%PDF-1.7"))
