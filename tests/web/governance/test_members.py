"""Members on the screen: entry, exit, return, and what a competitor never reads."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from maillage.foundation.networks.models import Membership, MembershipPeriod
from tests.cast import Cast, inside, more_firms
from tests.web.governance.conftest import Browse, without_token

TODAY = localdate()
DAY = timedelta(days=1)


def listed_firm(cast: Cast) -> object:
    """Return the address of a firm that is in the directory and not a member."""
    _member, listed = more_firms(cast, 2)
    return listed.public_id


def test_alice_lets_a_firm_in_and_takes_it_back(cast: Cast, browse: Browse) -> None:
    alice, firm = browse(cast.alice), listed_firm(cast)
    assert "Record the entry" in alice.get("member", firm)
    typed = {"tier": "periphery", "starts_on": TODAY.isoformat()}
    status, html = alice.post("enter", firm, **typed)
    assert (status, "Menuiserie 00001 is a member." in html) == (302, True)
    assert alice.url("take-entry-back", firm) in html
    status, html = alice.post("take-entry-back", firm)
    assert "The entry of Menuiserie 00001 is taken back." in html
    assert "Not a member yet" in html


def test_members_are_counted_by_place_in_words(cast: Cast, browse: Browse) -> None:
    html = browse(cast.alice).get("members")
    counted = {
        label: html.split(f"<dt>{label}</dt>")[1].split("<dd>")[1].split("</dd>")[0].strip()
        for label in ("members", "in the core", "in the periphery", "observers")
    }
    assert counted == {
        "members": "3",
        "in the core": "3",
        "in the periphery": "0",
        "observers": "0",
    }


def test_refused_entry_keeps_what_was_typed(cast: Cast, browse: Browse) -> None:
    alice, firm = browse(cast.alice), listed_firm(cast)
    status, html = alice.post("enter", firm, tier="observer", starts_on="0026-03-03")
    assert status == 422
    assert "Check the year" in html
    assert 'value="0026-03-03"' in html
    status, html = alice.post("enter", cast.bakery.public_id, tier="core", starts_on=str(TODAY))
    assert (status, "already a member" in html) == (422, True)


def test_bob_leaves_by_himself_and_stays_after_all(cast: Cast, browse: Browse) -> None:
    bob, bakery = browse(cast.bob), cast.bakery.public_id
    assert "Leave the network" in bob.get("member", bakery)
    status, html = bob.post("leave", bakery, last_day=str(TODAY), reason="Too little time")
    assert (status, "is a member until" in html) == (302, True)
    assert bob.url("stay", bakery) in html
    _status, html = bob.post("stay", bakery)
    assert "Boulangerie Martin stays a member." in html


def test_bob_lets_nobody_in_or_out(cast: Cast, browse: Browse) -> None:
    bob, garage = browse(cast.bob), cast.garage.public_id
    assert bob.status("leave", garage) == 403
    for page in ("enter", "come-back", "change-tier"):
        assert bob.status(page, cast.bakery.public_id) == 403
    assert bob.post("stay", garage)[0] == bob.post("take-entry-back", garage)[0] == 403


def test_return_and_change_of_place_are_dated(cast: Cast, browse: Browse) -> None:
    alice, garage = browse(cast.alice), cast.garage.public_id
    alice.post("leave", garage, last_day=str(TODAY - 9 * DAY), reason="Works elsewhere")
    alice.post("come-back", garage, tier="observer", starts_on=str(TODAY - 2 * DAY))
    _status, html = alice.post("change-tier", garage, tier="core", starts_on=str(TODAY))
    assert "Garage Lemoine has another place." in html
    assert "Works elsewhere" in html
    assert html.count('scope="row">') == 3


def test_list_on_a_day_gives_the_members_of_that_day(cast: Cast, browse: Browse) -> None:
    alice, garage = browse(cast.alice), cast.garage.public_id
    alice.post("leave", garage, last_day=str(TODAY - 9 * DAY))
    now, then = alice.get("members"), alice.get("members", on=str(TODAY - 20 * DAY))
    assert ("Garage Lemoine" in now, "Garage Lemoine" in then) == (False, True)
    left = alice.get("members", standing="left")
    assert ("Garage Lemoine" in left, "Boulangerie Martin" in left) == (True, False)
    everybody = alice.get("members", standing="all", tier="core")
    assert "3 organisations" in everybody


def test_a_kind_of_file_that_does_not_exist_gives_the_page(cast: Cast, browse: Browse) -> None:
    assert "3 organisations" in browse(cast.alice).get("members", export="pdf")


@pytest.mark.parametrize("wanted", [{}, {"standing": "all"}, {"q": "Bou"}, {"tier": "core"}])
def test_emma_reads_of_bob_in_no_list(cast: Cast, browse: Browse, wanted: dict[str, str]) -> None:
    emma = browse(cast.emma)
    assert "Boulangerie" not in emma.get("members", **wanted)
    for name in ("csv", "xlsx"):
        answer = emma.client.get(emma.url("members"), wanted | {"export": name})
        assert b"Boulangerie" not in b"".join(answer.streaming_content)
    assert "Boulangerie" in browse(cast.alice).get("members", **wanted)


def test_emma_counts_without_bob_and_finds_no_page_of_his(cast: Cast, browse: Browse) -> None:
    emma = browse(cast.emma)
    assert "2 organisations" in emma.get("members")
    assert emma.status("member", cast.bakery.public_id) == 404
    assert emma.status("leave", cast.bakery.public_id) == 404
    html = without_token(emma.get("home"))
    with inside(cast.network):
        Membership.objects.filter(organisation=cast.bakery).delete()
    assert without_token(emma.get("home")) == html


def test_reasons_are_read_by_those_who_manage_members_only(cast: Cast, browse: Browse) -> None:
    alice, bob = browse(cast.alice), browse(cast.bob)
    with inside(cast.network):
        MembershipPeriod.objects.filter(membership__organisation=cast.garage).update(
            ends_on=TODAY - DAY, exit_reason="Quarrel over prices"
        )
    asked = {"standing": "left", "export": "csv"}
    for browser, reads in ((alice, True), (bob, False)):
        answer = browser.client.get(browser.url("members"), asked)
        text = b"".join(answer.streaming_content).decode()
        assert ("Garage Lemoine" in text, "Quarrel" in text) == (True, reads)
        assert ("Quarrel" in browser.get("member", cast.garage.public_id)) == reads


def test_worker_and_funder_read_no_list(cast: Cast, browse: Browse) -> None:
    assert browse(cast.chloe).status("members") == 403
    assert browse(cast.farid).status("members") == 403
    assert browse(cast.denis).status("members") == 404


def test_list_of_300_members_asks_no_more_than_a_list_of_three(
    cast: Cast, browse: Browse, django_assert_max_num_queries: object
) -> None:
    more_firms(cast, 600)
    for person in (cast.alice, cast.bob):
        browser = browse(person)
        with django_assert_max_num_queries(12):
            assert "Menuiserie" in browser.get("members", sort="-since")
        with django_assert_max_num_queries(12):
            browser.get("home")
