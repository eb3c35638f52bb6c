"""Alice brings in the answers that she has in a spreadsheet."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from maillage.bricks.questionnaires.models import Response
from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.launch.surveys.models import AnswersImport, Survey
from tests.cast import Cast, inside
from tests.launch.surveys.stories import opened

type ClientOf = Callable[[Person], Client]
TEXT = "Entreprise;Coups de bourre;interested\nGarage Lemoine;oui;non\nInconnue;oui;oui\n"


@pytest.fixture
def survey(cast: Cast) -> Survey:
    """A survey that nobody has answered."""
    with inside(cast.network):
        return opened(cast)


def given(text: str = TEXT) -> dict[str, SimpleUploadedFile]:
    """Return what a browser sends."""
    return {"file": SimpleUploadedFile("enquete.csv", text.encode())}


def area(survey: Survey) -> str:
    """Return the address of the imports of a survey."""
    return f"/n/metiers-partages/surveys/{survey.public_id}/import/"


def test_from_the_file_to_the_answers_and_back(
    cast: Cast, client_of: ClientOf, survey: Survey
) -> None:
    alice = client_of(cast.alice)
    assert alice.get(area(survey)).status_code == 200
    columns = alice.post(area(survey), given())["Location"]
    assert "First cells: oui" in alice.get(columns).content.decode()
    chosen = {"column_0": "name", "column_1": "peaks", "column_2": "interested"}
    page = alice.post(columns, chosen)["Location"]
    text = alice.get(page).content.decode()
    assert "Bring these answers in" in text
    assert "No firm of the directory is known so: import it first." in text
    assert "Do you have regular work peaks? Yes" in text
    with inside(cast.network):
        assert Response.objects.count() == 0
        assert ReadLine.objects.count() == 1
    for _click in range(2):
        assert alice.post(f"{page}apply/")["Location"] == page
    with inside(cast.network):
        assert Response.objects.get().organisation == cast.garage
    assert "came from this file" in alice.get(page).content.decode()
    assert "enquete.csv" in alice.get(area(survey)).content.decode()
    alice.post(f"{page}undo/")
    with inside(cast.network):
        assert Response.objects.count() == 0
        assert AnswersImport.objects.get().rows[0]["cells"] == ["Garage Lemoine", "oui", "non"]


def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    cast: Cast, client_of: ClientOf, survey: Survey
) -> None:
    alice = client_of(cast.alice)
    for text in ("", "Entreprise;peaks\n", "\x00\x01"):
        answer = alice.post(area(survey), given(text))
        assert answer.status_code == 422, text
    with inside(cast.network):
        assert AnswersImport.objects.count() == 0


def test_a_file_is_discarded(cast: Cast, client_of: ClientOf, survey: Survey) -> None:
    alice = client_of(cast.alice)
    columns = alice.post(area(survey), given())["Location"]
    alice.post(columns.replace("columns/", "discard/"))
    with inside(cast.network):
        assert AnswersImport.objects.count() == 0


def test_members_see_no_file(cast: Cast, client_of: ClientOf, survey: Survey) -> None:
    page = client_of(cast.alice).post(area(survey), given())["Location"]
    bob = client_of(cast.bob)
    for address in (area(survey), page, page.replace("columns/", "")):
        assert bob.get(address).status_code == 403


def test_many_rows_cost_the_database_no_more(
    cast: Cast,
    client_of: ClientOf,
    survey: Survey,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    alice = client_of(cast.alice)
    lines = "".join(f"Garage Lemoine;oui;{rank}\n" for rank in range(300))
    columns = alice.post(area(survey), given(f"Entreprise;peaks;x\n{lines}"))["Location"]
    page = columns.replace("columns/", "")
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]  # a context manager
        assert alice.get(page).status_code == 200
