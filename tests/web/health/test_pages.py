"""Alice and the board read how shared work goes; no firm and no funder knows that the page is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from maillage.bricks.indicators.actions import keep_values
from maillage.bricks.indicators.models import Alert, Threshold
from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import Decision, NetworkRole, Task
from maillage.run.employment.enums import ContractKind
from maillage.run.employment.models import Recruitment
from tests.cast import START, Cast, inside
from tests.run.employment.hired import employed

type ClientOf = Callable[[Person], Client]
AREA = "/n/metiers-partages/staff-health/"
SHARE = f"{AREA}short_share/"


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


def text_of(client: Client, path: str) -> str:
    """Return what a page says."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def short_year(cast: Cast) -> None:
    """Employ 20 people this year, 7 of them for a short time; the figures are kept today."""
    today = localdate()
    with inside(cast.network):
        for rank in range(20):
            short = {"kind": ContractKind.SEASONAL, "ends_on": today + timedelta(days=50)}
            employed(
                cast, f"Worker {rank}", today - timedelta(days=30), **(short if rank < 7 else {})
            )
        keep_values(network=cast.network, day=today)


def test_alice_reads_what_is_past_its_threshold_and_when_a_plan_is_due(
    cast: Cast, alice: Client
) -> None:
    assert "Nothing to measure yet" in text_of(alice, AREA)
    short_year(cast)
    page = text_of(alice, AREA)
    assert "35% of the contracts begun in the last 12 months are short" in page
    assert "Past its threshold" in page
    assert "A corrective plan is due before" in page
    desk = text_of(alice, "/n/metiers-partages/desk/")
    assert "Share of short contracts" in desk


def test_the_figures_are_worked_out_at_once_when_asked(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        employed(cast, "Gaëlle", localdate(), kind=ContractKind.FIXED_TERM)
    assert alice.post(f"{AREA}look/")["Location"] == AREA
    assert "100% of the contracts begun" in text_of(alice, SHARE)


def test_members_vote_a_threshold_and_the_decision_is_kept(cast: Cast, alice: Client) -> None:
    short_year(cast)
    typed = {"value": "40", "taken_on": str(localdate()), "votes_for": "11", "votes_against": "2"}
    assert alice.post(f"{SHARE}threshold/", typed)["Location"] == SHARE
    with inside(cast.network):
        assert Threshold.objects.get().value == 40
        assert Decision.objects.get().votes_for == 11
    assert "members set 40%" in text_of(alice, SHARE)


def test_a_threshold_the_members_refused_is_told(cast: Cast, alice: Client) -> None:
    short_year(cast)
    typed = {"value": "40", "taken_on": str(localdate()), "votes_for": "1", "votes_against": "2"}
    answer = alice.post(f"{SHARE}threshold/", typed)
    assert answer.status_code == 422
    assert "The members said no" in answer.content.decode()
    with inside(cast.network):
        assert not Threshold.objects.exists()


def test_the_plan_goes_to_the_members_and_the_task_ends(cast: Cast, alice: Client) -> None:
    short_year(cast)
    assert alice.post(f"{SHARE}plan/", {"plan": "Two permanent jobs."})["Location"] == SHARE
    assert "The plan is written" in text_of(alice, SHARE)
    typed = {"taken_on": str(localdate()), "votes_for": "9"}
    assert alice.post(f"{SHARE}decision/", typed)["Location"] == SHARE
    with inside(cast.network):
        alert = Alert.objects.get(key="short_share")
        assert alert.decision is not None
        assert "35% of the contracts begun" in alert.decision.minutes
        assert "Two permanent jobs." in alert.decision.minutes
        assert Task.objects.get(pk=alert.task_id).done_at is not None


def test_a_figure_without_an_alert_has_no_plan(cast: Cast, alice: Client) -> None:
    assert alice.get(f"{AREA}stable_exits/plan/").status_code == 404
    assert alice.get(f"{AREA}unknown/").status_code == 404


def test_recruitments_open_from_the_forecast(cast: Cast, alice: Client) -> None:
    short_year(cast)
    assert "7 departures are to be expected" in text_of(alice, AREA)
    assert alice.post(f"{AREA}recruit/")["Location"] == AREA
    with inside(cast.network):
        assert Recruitment.objects.count() == 7
    assert "7 recruitments are open." in text_of(alice, AREA)


def test_the_board_reads_it_and_recruits_nobody(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        NetworkRole.objects.create(
            network=cast.network, person=cast.denis, kind=NetworkRoleKind.BOARD, starts_on=START
        )
    short_year(cast)
    board = client_of(cast.denis)
    assert "Record a vote on the threshold" in text_of(board, SHARE)
    assert "Open the recruitments" not in text_of(board, AREA)
    assert board.post(f"{AREA}recruit/").status_code == 404


@pytest.mark.parametrize("who", ["bob", "chloe", "emma", "farid", "denis"])
def test_no_firm_and_no_funder_knows_of_it(cast: Cast, client_of: ClientOf, who: str) -> None:
    short_year(cast)
    client = client_of(getattr(cast, who))
    for page in ("", "short_share/", "short_share/plan/", "short_share/threshold/"):
        assert client.get(f"{AREA}{page}").status_code == 404
    for page in ("look/", "recruit/", "short_share/plan/"):
        assert client.post(f"{AREA}{page}").status_code == 404
