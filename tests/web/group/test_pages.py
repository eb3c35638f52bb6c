"""Alice sets the group up and keeps its papers; Bob reads what it means for him and votes."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.utils.timezone import localdate
from icalendar import Calendar

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import MembershipPeriod, NetworkRole
from maillage.foundation.organisations.models import Organisation
from maillage.run.group.actions import add_manager
from maillage.run.group.models import (
    Comparison,
    Deadline,
    EmployerGroup,
    Filing,
    GroupManager,
    SolidarityKey,
    VatStatus,
)
from maillage.run.group.solidarity import record_key
from tests.cast import START, Cast, acting, inside
from tests.run.group.stories import BAKERIES, GARAGES, days_ago, grouped, told, under

type ClientOf = Callable[[Person], Client]
AREA = "/n/metiers-partages/group/"
SAID = {
    "name": "Métiers partagés",
    "legal_form": "association",
    "created_on": f"{days_ago(10)}",
    "year_end_month": "12",
}


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


@pytest.fixture
def bob(cast: Cast, client_of: ClientOf) -> Client:
    """Bob's browser."""
    return client_of(cast.bob)


@pytest.fixture
def group(cast: Cast) -> EmployerGroup:
    """The group, set up."""
    with inside(cast.network):
        under(BAKERIES, cast.bakery, cast.rival, cast.garage)
        return grouped(cast)


def text_of(client: Client, path: str) -> str:
    """Return what a page says."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_questions_in_plain_words_lead_to_the_kind(cast: Cast, alice: Client) -> None:
    assert "The group is not set up yet" in text_of(alice, AREA)
    answers = dict.fromkeys(
        ("one_agreement", "public_bodies", "replaces", "own_members_only", "integrates"), "no"
    )
    answer = alice.post(f"{AREA}kind/", answers)
    assert answer["Location"] == f"{AREA}set-up/b/"
    page = text_of(alice, answer["Location"])
    assert "its silence means yes" in page
    assert alice.post(f"{AREA}set-up/b/", SAID)["Location"] == AREA
    with inside(cast.network):
        group = EmployerGroup.objects.get()
        assert (group.kind, group.name) == ("b", "Métiers partagés")
        assert Deadline.objects.filter(rule="declaration").exists()
    assert "Send the declaration to the regional labour office" in text_of(alice, AREA)


def test_what_is_refused_is_said_beside_the_field(alice: Client) -> None:
    tomorrow = localdate() + timedelta(days=1)
    answer = alice.post(f"{AREA}set-up/a/", {**SAID, "created_on": f"{tomorrow}"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "A group is set up here once it is created." in page
    assert 'value="Métiers partagés"' in page


def test_the_dossier_says_what_is_missing_and_is_ready_to_post(
    cast: Cast, alice: Client, group: EmployerGroup
) -> None:
    with inside(cast.network):
        Organisation.objects.filter(pk=cast.garage.pk).update(headcount=None)
    page = text_of(alice, f"{AREA}dossier/")
    assert "Managers, with their home addresses" in page
    assert "Garage Lemoine</a>, Number of employees" in page
    assert "Boulangerie Martin</a>," not in page
    paper = alice.get(f"{AREA}dossier/letter.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert BytesIO(paper.content).read(5) == b"%PDF-"
    assert alice.get(f"{AREA}dossier/declaration.pdf").status_code == 404
    with inside(cast.network):
        readers = ReadLine.objects.filter(organisation_id=cast.bakery.public_id)
        assert {(one.fields[0], one.page) for one in readers} == {
            ("group", "group:dossier"),
            ("group", "group:document"),
        }


def test_what_was_sent_is_written_down_with_its_number(
    cast: Cast, alice: Client, group: EmployerGroup
) -> None:
    typed = {"kind": "letter", "sent_on": f"{localdate()}", "registered_number": "1A 23"}
    assert alice.post(f"{AREA}filings/new/", typed)["Location"] == f"{AREA}dossier/"
    with inside(cast.network):
        assert Filing.objects.get().registered_number == "1A 23"
        assert Deadline.objects.get(rule="letter").done_on == localdate()
    assert "Registered letter 1A 23" in text_of(alice, f"{AREA}clock/")


def test_a_declaration_is_answered(cast: Cast, alice: Client, group: EmployerGroup) -> None:
    with inside(cast.network):
        under(GARAGES, cast.garage)
        filing = told(cast, group, "declaration")
    answer = alice.post(
        f"{AREA}filings/{filing.public_id}/answer/",
        {"answer": "accepted", "answered_on": f"{localdate()}"},
    )
    assert answer["Location"] == f"{AREA}dossier/"
    assert "It agrees" in text_of(alice, f"{AREA}dossier/")


def test_a_deadline_is_done_with_what_shows_it(
    cast: Cast, alice: Client, group: EmployerGroup
) -> None:
    with inside(cast.network):
        needs = Deadline.objects.filter(rule="needs").first()
        assert needs is not None
    url = f"{AREA}clock/{needs.public_id}/"
    typed = {"on": f"{localdate()}", "proof": "Survey of spring"}
    assert alice.post(f"{url}done/", {**typed, "proof": ""}).status_code == 422
    assert alice.post(f"{url}done/", typed)["Location"] == f"{AREA}clock/"
    assert "Survey of spring" in text_of(alice, f"{AREA}clock/")
    assert alice.post(f"{url}undone/")["Location"] == f"{AREA}clock/"
    with inside(cast.network):
        assert Deadline.objects.get(pk=needs.pk).done_on is None


def test_the_calendar_opens_by_its_address_only(
    cast: Cast, alice: Client, visitor: Client, group: EmployerGroup
) -> None:
    page = text_of(alice, f"{AREA}clock/")
    path = "/g/" + page.split("/g/")[1].split("<")[0]
    answer = visitor.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    read = Calendar.from_ical(answer.content)
    assert str(read["x-wr-calname"]) == "Deadlines of Métiers partagés"
    assert len(read.walk("VEVENT")) > 0
    assert "Garage" not in answer.content.decode()
    alice.post(f"{AREA}clock/calendar/renew/")
    assert visitor.get(path).status_code == 404


def test_home_addresses_are_for_the_animator_and_the_board(
    cast: Cast, alice: Client, client_of: ClientOf, group: EmployerGroup
) -> None:
    with inside(cast.network):
        add_manager(
            acting=acting(cast.alice, cast.network),
            group=group,
            name="Bob",
            function="Chair",
            address="8 rue Haute",
        )
        for person, kind in (
            (cast.denis, NetworkRoleKind.TREASURER),
            (cast.chloe, NetworkRoleKind.BOARD),
        ):
            NetworkRole.objects.create(
                network=cast.network, person=person, kind=kind, starts_on=START
            )
    assert "8 rue Haute" in text_of(alice, AREA)
    assert "8 rue Haute" in text_of(client_of(cast.chloe), AREA)
    assert "8 rue Haute" not in text_of(client_of(cast.denis), AREA)
    with inside(cast.network):
        manager = GroupManager.objects.get()
    url = f"{AREA}managers/{manager.public_id}/erase/"
    assert client_of(cast.chloe).post(url).status_code == 403
    alice.post(url)
    assert "8 rue Haute" not in text_of(alice, AREA)


def test_an_eleventh_firm_is_seen_at_once(cast: Cast, alice: Client, group: EmployerGroup) -> None:
    with inside(cast.network):
        told(cast, group)
        under(GARAGES, cast.garage)
    assert "Members are now under several collective agreements" in text_of(alice, AREA)
    assert alice.post(f"{AREA}clock/look/")["Location"] == f"{AREA}clock/"
    assert "Send the declaration to the regional labour office" in text_of(alice, AREA)
    assert alice.get(f"{AREA}dossier/declaration.pdf").status_code == 200


def test_alice_writes_the_key_of_the_statutes(
    cast: Cast, alice: Client, group: EmployerGroup
) -> None:
    typed = {
        "statutes_ref": "article 9",
        "effective_from": f"{days_ago(1)}",
        "cap": "3000",
        f"weight_{cast.bakery.public_id}": "28",
        f"weight_{cast.garage.public_id}": "72",
    }
    assert alice.post(f"{AREA}key/new/hours/", typed)["Location"] == f"{AREA}key/"
    page = text_of(alice, f"{AREA}key/?amount=9400&without=")
    assert "€2,632.00" in page
    assert "€3,000.00" in page
    assert "€3,768.00 is above the ceilings" in page
    assert alice.get(f"{AREA}key/new/luck/").status_code == 404


def test_bob_reads_what_he_may_be_asked_for(cast: Cast, bob: Client, group: EmployerGroup) -> None:
    page = text_of(bob, f"{AREA}mine/?amount=10000")
    assert "On a debt of €10,000.00, you may be asked for €10,000.00." in page
    assert "There is no ceiling" in page


def test_a_trial_member_sees_its_ceiling_and_how_to_leave(
    cast: Cast, bob: Client, group: EmployerGroup
) -> None:
    """Lesson L44: before signing, the most it may cost, and the way out."""
    with inside(cast.network):
        EmployerGroup.objects.update(exit_terms="One month of notice, by letter.")
        record_key(
            acting=acting(cast.alice, cast.network),
            group=group,
            basis="equal",
            effective_from=days_ago(1),
            statutes_ref="article 9",
            cap=Decimal(5000),
            trial_cap=Decimal(300),
        )
        MembershipPeriod.objects.filter(membership__organisation=cast.bakery).update(
            tier="observer"
        )
    page = text_of(bob, f"{AREA}mine/?amount=9000")
    assert "You are not a full member" in page
    assert "You may never be asked for more than €300.00." in page
    assert "On a debt of €9,000.00, you may be asked for €300.00." in page
    assert "One month of notice, by letter." in page


def test_alice_notes_the_vat_of_a_member_and_is_alarmed(
    cast: Cast, alice: Client, bob: Client, group: EmployerGroup
) -> None:
    typed = {
        "year": f"{localdate().year}",
        "regime": "exempt",
        "basis": "CGI 261 B",
        "taxable_share": "17",
        "evidence": "Accounts of June",
    }
    url = f"{AREA}vat/{cast.bakery.public_id}/"
    assert alice.post(url, typed)["Location"] == f"{AREA}vat/"
    assert alice.post(f"{AREA}vat/group/", {**typed, "taxable_share": "0"}).status_code == 302
    page = text_of(alice, f"{AREA}vat/")
    assert "Near the limit" in page
    assert page.index("Boulangerie Martin") < page.index("Garage Lemoine")
    assert "Accounts of June" in text_of(bob, f"{AREA}mine/")
    with inside(cast.network):
        assert VatStatus.objects.count() == 2
    assert alice.get(f"{AREA}vat/{cast.alice.public_id}/").status_code == 404
    assert alice.get(f"{AREA}vat/nobody/").status_code == 404


def test_members_compare_and_choose(
    cast: Cast, alice: Client, bob: Client, group: EmployerGroup
) -> None:
    typed = {"title": "Which agreement?", "agreements": "843\n1090", "posts": "Seller"}
    url = alice.post(f"{AREA}agreements/new/", typed)["Location"]
    with inside(cast.network):
        comparison = Comparison.objects.get()
    own = f"{AREA}mine/{comparison.public_id}/"
    assert bob.get(own).status_code == 404
    until = {"until": f"{localdate()}"}
    refusal = alice.post(f"{url}vote/", until)
    assert refusal.status_code == 422
    assert "Gross pay is missing" in refusal.content.decode()
    values = {}
    for code in ("0843", "1090"):
        for item in ("pay", "hours", "leave"):
            values[f"value_{code}_{item}"] = f"{item} {code}"
            values[f"source_{code}_{item}"] = "Article 5"
    assert alice.post(f"{url}posts/1/", values)["Location"] == url
    assert alice.get(f"{url}posts/2/").status_code == 404
    assert alice.post(f"{url}vote/", until)["Location"] == url
    page = text_of(bob, own)
    assert "pay 0843" in page
    assert "leave 1090" in page
    assert bob.post(f"{own}vote/", {"agreement": "0843"})["Location"] == own
    assert "Change our voice" in text_of(bob, own)
    board = text_of(alice, url)
    assert "1 voice of 3" in board
    assert "Boulangerie Martin" not in board
    with inside(cast.network):
        Comparison.objects.update(votes_until=days_ago(1))
    alice.post(f"{url}close/")
    assert "Read the decision" in text_of(alice, url)
    with inside(cast.network):
        assert EmployerGroup.objects.get().agreement == "0843"


def test_strangers_find_nothing(cast: Cast, client_of: ClientOf, group: EmployerGroup) -> None:
    assert client_of(cast.denis).get(AREA).status_code == 404
    assert client_of(cast.farid).get(AREA).status_code == 403
    assert client_of(cast.bob).get(f"{AREA}clock/").status_code == 403
    assert client_of(cast.chloe).get(f"{AREA}mine/").status_code == 403
    with inside(cast.network):
        assert not SolidarityKey.objects.exists()
