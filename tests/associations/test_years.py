"""No page, form or file takes a year that nobody can mean."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from associations import roles, years
from associations.models import Association
from budgets.models import Budget

FIELDS = [
    field
    for room in roles.ROOMS
    for model in apps.get_app_config(room).get_models()
    for field in model._meta.fields
    if field.name.endswith("year")
]


def test_every_year_is_within_reach(db):
    for field in FIELDS:
        for year in (0, years.FIRST - 1, years.LAST + 1, 32_767):
            with pytest.raises(ValidationError, match="från 1990 till 2199"):
                field.run_validators(year)
        for year in (years.FIRST, 2020, years.LAST):
            field.run_validators(year)
    assert len(FIELDS) > 20


@pytest.mark.parametrize("year", ["0", "9999", "99999", "9" * 400])
def test_no_form_or_file_takes_it(client_for, year):
    chef = client_for("chef-sodra")
    own = Association.objects.get(slug="sodra-vatterbygden")
    sent = {"association": own.pk, "year": year, "edition": 1, "result_label": "Resultat"}
    sent |= {"opening_label": "Ingående"}
    sent |= {f"{part}-{n}_FORMS": 0 for part in ("columns", "lines") for n in ("TOTAL", "INITIAL")}
    answer = chef.post("/admin/budgets/budget/add/", sent)
    assert "från 1990 till 2199" in str(answer.context["adminform"].form.errors["year"])
    file = SimpleUploadedFile("rader.csv", f"förbund;år\nsodra-vatterbygden;{year}\n".encode())
    answer = chef.post("/admin/budgets/budget/import/", {"import_file": file, "format": "0"})
    assert answer.status_code == 200 and "confirm_form" not in answer.context
    assert not Budget.objects.exclude(year__range=(years.FIRST, years.LAST)).exists()
