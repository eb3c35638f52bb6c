"""Objectives on the screen: proposed, endorsed, read without learning of a competitor."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from maillage.foundation.networks.models import Endorsement, NetworkModule, Objective
from tests.cast import Cast, inside
from tests.web.governance.conftest import Browse, without_token

TODAY = localdate()
WORDS = {"title": "Ten shared jobs", "detail": "", "due_on": "", "first_step": ""}


def the_objective(cast: Cast) -> Objective:
    with inside(cast.network):
        return Objective.objects.get()


def test_bob_proposes_emma_endorses_and_it_is_active(cast: Cast, browse: Browse) -> None:
    bob, emma = browse(cast.bob), browse(cast.emma)
    status, html = bob.post("propose", **WORDS)
    assert (status, "Proposed: the other members can endorse it." in html) == (302, True)
    key = the_objective(cast).public_id
    assert "Endorse it" in emma.get("objectives")
    status, html = emma.post("endorse", key, version="1")
    assert "Endorsed: the objective is active." in html
    assert emma.url("withdraw", key) in html
    assert "You endorse it" in emma.get("objectives")


def test_sponsor_objective_is_marked_and_waits(cast: Cast, browse: Browse) -> None:
    status, html = browse(cast.farid).post("propose", **WORDS)
    assert (status, "it stays inactive until members endorse it" in html) == (302, True)
    page = browse(cast.bob).get("objectives")
    assert "From a sponsor" in page
    assert page.index("Ten shared jobs") > page.index("Proposed</h2>")


def test_far_objective_without_a_first_step_is_refused_beside_its_field(
    cast: Cast, browse: Browse
) -> None:
    far = str(TODAY + timedelta(days=900))
    status, html = browse(cast.bob).post("propose", **(WORDS | {"due_on": far}))
    assert status == 422
    assert "needs a first step" in html
    assert "Ten shared jobs" in html


def test_emma_does_not_learn_that_bob_proposed_or_endorsed(cast: Cast, browse: Browse) -> None:
    browse(cast.bob).post("propose", **WORDS)
    alice, emma, key = browse(cast.alice), browse(cast.emma), the_objective(cast).public_id
    for page in (emma.get("objectives"), emma.get("objective", key)):
        assert "Boulangerie" not in page
    assert "a member" in emma.get("objective", key)
    assert "Boulangerie Martin" in alice.get("objective", key)
    before = without_token(emma.get("objective", key))
    with inside(cast.network):
        Endorsement.objects.filter(organisation=cast.bakery).delete()
    assert without_token(emma.get("objective", key)) == before


def test_how_many_it_takes_is_told_to_the_animator_only(cast: Cast, browse: Browse) -> None:
    assert "2 members must endorse" in browse(cast.alice).get("objectives")
    assert "enough members must endorse" in browse(cast.emma).get("objectives")


def test_alice_writes_down_what_a_member_asked_for_and_the_yes_of_another(
    cast: Cast, browse: Browse
) -> None:
    alice = browse(cast.alice)
    alice.post("propose", **WORDS, member="boulangerie")
    objective = the_objective(cast)
    assert (objective.by_sponsor, objective.proposing_id) == (False, cast.bakery.pk)
    key = objective.public_id
    status, html = alice.post("record-yes", key, member="Garage Lemoine", version="1")
    assert (status, "the objective is active" in html) == (302, True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Zinguerie", "Nobody in the directory is called"), ("r", "Which one?")],
)
def test_name_that_means_nobody_or_several_is_said(
    cast: Cast, browse: Browse, typed: str, said: str
) -> None:
    browse(cast.bob).post("propose", **WORDS)
    key = the_objective(cast).public_id
    status, html = browse(cast.alice).post("record-yes", key, member=typed, version="1")
    assert (status, said in html) == (422, True)


def test_name_with_its_commune_tells_one_from_another(cast: Cast, browse: Browse) -> None:
    browse(cast.bob).post("propose", **WORDS)
    key = the_objective(cast).public_id
    alice = browse(cast.alice)
    assert alice.post("record-yes", key, member="Garage Lemoine (Blois)", version="1")[0] == 422
    assert alice.post("record-yes", key, member="garage (Vendôme)", version="1")[0] == 302


def test_words_changed_meanwhile_are_read_again_before_a_yes(cast: Cast, browse: Browse) -> None:
    bob, emma = browse(cast.bob), browse(cast.emma)
    bob.post("propose", **WORDS)
    key = the_objective(cast).public_id
    _status, html = bob.post("revise", key, **(WORDS | {"title": "Twenty shared jobs"}))
    assert "each member is asked again" in html
    _status, html = emma.post("endorse", key, version="1")
    assert "changed while you were reading it" in html


def test_objective_is_reached_and_opened_again(cast: Cast, browse: Browse) -> None:
    alice = browse(cast.alice)
    browse(cast.bob).post("propose", **WORDS)
    key = the_objective(cast).public_id
    _status, html = alice.post("reach-objective", key)
    assert "Only an active objective can be reached." in html
    browse(cast.emma).post("endorse", key, version="1")
    _status, html = alice.post("reach-objective", key)
    assert "Reached!" in html
    _status, html = alice.post("reopen-objective", key)
    assert "The objective is active again." in html
    _status, html = alice.post("drop-objective", key)
    assert "The objective is dropped." in html


def test_firms_neither_record_a_yes_nor_end_an_objective(cast: Cast, browse: Browse) -> None:
    browse(cast.bob).post("propose", **WORDS)
    key, emma = the_objective(cast).public_id, browse(cast.emma)
    assert emma.status("record-yes", key) == 403
    assert emma.status("revise", key) == 403
    for page in ("reach-objective", "drop-objective", "reopen-objective"):
        assert emma.post(page, key)[0] == 403


def test_objectives_that_are_off_do_not_exist(cast: Cast, browse: Browse) -> None:
    browse(cast.bob).post("propose", **WORDS)
    key = the_objective(cast).public_id
    with inside(cast.network):
        NetworkModule.objects.filter(key="objectives").delete()
    for person in (cast.alice, cast.bob):
        browser = browse(person)
        assert browser.status("objectives") == browser.status("propose") == 404
        assert browser.status("objective", key) == 404
        assert "What members want to reach" not in browser.get("home")


def test_thirty_objectives_ask_no_more_than_one(
    cast: Cast, browse: Browse, django_assert_max_num_queries: object
) -> None:
    with inside(cast.network):
        for rank in range(30):
            one = Objective.objects.create(
                network=cast.network,
                title=f"Objective {rank}",
                proposed_by_id=cast.bob.public_id,
                proposing=cast.bakery,
            )
            for firm in (cast.bakery, cast.rival, cast.garage):
                Endorsement.objects.create(
                    objective=one, organisation=firm, version=1, person_id=cast.bob.public_id
                )
    for person in (cast.alice, cast.bob):
        browser = browse(person)
        for page, more in (("objectives", ()), ("objective", (one.public_id,))):
            with django_assert_max_num_queries(12):
                browser.get(page, *more)
