"""Crossed figures, progress and files of results, for those who may."""

from collections.abc import Callable

import pytest
from django.test import Client

from maillage.foundation.accounts.models import Person
from maillage.launch.surveys.models import Survey
from tests.cast import Cast, inside, more_firms
from tests.launch.surveys.stories import answered, asked, end, opened

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def survey(cast: Cast) -> Survey:
    """Twelve firms answered: five are interested."""
    with inside(cast.network):
        made = opened(cast)
        firms = [cast.bakery, cast.rival, cast.garage, *more_firms(cast, 9)]
        for rank, invitee in enumerate(asked(cast, made, *firms)):
            says = "yes" if rank < 5 else "no"
            peaks = "yes" if rank else "no"
            answered(made, invitee, peaks=peaks, interested=says, contact=says)
    return made


def area(survey: Survey) -> str:
    """Return the address of a survey."""
    return f"/n/metiers-partages/surveys/{survey.public_id}/"


def test_alice_crosses_a_question_with_groups_and_downloads_it(
    cast: Cast, client_of: ClientOf, survey: Survey
) -> None:
    alice = client_of(cast.alice)
    page = f"{area(survey)}results/cross/"
    assert alice.get(page).status_code == 200
    wanted = {"question": "interested", "by": "by-activity"}
    text = alice.get(page, wanted).content.decode()
    assert "Menuiserie" in text
    answer = alice.get(page, {**wanted, "export": "csv"})
    rows = b"".join(answer).decode("utf-8-sig").splitlines()  # type: ignore[call-overload]  # a file
    assert rows[1:] == [
        "Boulangerie,2,2,0,0",
        "Garage,1,1,0,0",
        "Menuiserie,9,2,7,0",
        "All the firms,12,5,7,0",
    ]
    assert alice.get(page, {"question": "x", "by": "y"}).status_code == 200


def test_members_cross_nothing(cast: Cast, client_of: ClientOf, survey: Survey) -> None:
    bob = client_of(cast.bob)
    for page in ("results/cross/?question=interested&by=by-activity", "progress/", "remind/"):
        assert bob.get(f"{area(survey)}{page}").status_code == 403


def test_a_member_downloads_nothing_that_the_page_hides(
    cast: Cast, client_of: ClientOf, survey: Survey
) -> None:
    bob, file = client_of(cast.bob), f"{area(survey)}results/?export=csv"
    early = b"".join(bob.get(file)).decode("utf-8-sig")  # type: ignore[call-overload]  # a file
    assert len(early.splitlines()) == 1  # while the survey is open, the heads of the columns
    with inside(cast.network):
        end(survey)
    answer = bob.get(file)
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[call-overload]  # a file
    assert "sharing an employee with other firms?,Yes,5,12,12" in text
    assert "work peaks" not in text  # one firm alone has none
    full = client_of(cast.alice).get(f"{area(survey)}results/?export=csv")
    assert "work peaks?,Yes,11,12,12" in b"".join(full).decode("utf-8-sig")  # type: ignore[call-overload]  # a file


def test_progress_by_group_comes_whole_and_as_a_piece(
    cast: Cast, client_of: ClientOf, survey: Survey
) -> None:
    alice = client_of(cast.alice)
    page = f"{area(survey)}progress/?by=commune"
    whole = alice.get(page).content.decode()
    assert "Vendôme" in whole
    piece = alice.get(page, headers={"hx-request": "true"}).content.decode()
    assert "Vendôme" in piece
    assert "<html" not in piece
