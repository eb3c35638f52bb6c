"""What a firm shows, names, agrees to; and what stays hidden from its competitor."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.actions import record_reads
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.networks.models import MembershipPeriod
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.models import (
    Competition,
    CompetitionLift,
    CompetitorClaim,
    Consent,
    FieldLevels,
    Introduction,
    Pledge,
    PledgeSignature,
)
from maillage.foundation.visibility.seen import PARTS
from tests.cast import Cast, acting, inside, more_firms

type ClientOf = Callable[[Person], Client]


def at(cast: Cast, name: str, *args: object) -> str:
    return reverse(f"trust:{name}", args=[cast.network.slug, *args])


@pytest.fixture
def bob(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.bob)


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.alice)


def test_firm_narrows_what_the_network_sees(cast: Cast, bob: Client) -> None:
    wanted = dict.fromkeys(PARTS, Level.PRIVATE.value) | {"presence": Level.NETWORK.value}
    assert bob.post(at(cast, "levels"), wanted).status_code == 302
    with inside(cast.network):
        levels = FieldLevels.objects.get(organisation=cast.bakery)
        assert (levels.presence, levels.activity) == (Level.NETWORK, Level.PRIVATE)


def test_no_line_is_seen_further_than_the_firm_itself(cast: Cast, bob: Client) -> None:
    wanted = dict.fromkeys(PARTS, Level.PRIVATE.value) | {"contact": Level.PUBLIC.value}
    answer = bob.post(at(cast, "levels"), wanted)
    assert answer.status_code == 422
    assert "cannot be seen further than the firm itself" in answer.content.decode()
    with inside(cast.network):
        assert FieldLevels.objects.get(organisation=cast.bakery).contact == Level.MATCHED


def test_naming_a_member_makes_both_strangers_at_once(cast: Cast, bob: Client) -> None:
    bob.post(at(cast, "competitors"), {"name": "garage  lemoine", "commune": "Vendôme"})
    with inside(cast.network):
        names = [seen.name for seen in directory_of(acting(cast.bob, cast.network)).all()]
        assert names == ["Boulangerie Martin"]
        claim = CompetitorClaim.objects.get()
        assert claim.competition is not None


def test_firm_is_told_the_same_whether_its_competitor_is_known_or_not(
    cast: Cast, bob: Client
) -> None:
    known = bob.post(
        at(cast, "competitors"), {"name": "Garage Lemoine", "commune": "Vendôme"}, follow=True
    )
    unknown = bob.post(
        at(cast, "competitors"), {"name": "Garage Lemoyne", "commune": "Vendôme"}, follow=True
    )
    sentence = "Noted. If this firm is in the network, you are strangers to each other."
    assert sentence in known.content.decode()
    assert sentence in unknown.content.decode()
    for page in (known, unknown):
        assert "Garage Lemo" in page.content.decode()


def test_taking_back_ends_what_the_firm_alone_declared(cast: Cast, bob: Client) -> None:
    bob.post(at(cast, "competitors"), {"name": "Garage Lemoine", "commune": "Vendôme"})
    with inside(cast.network):
        claim = CompetitorClaim.objects.get()
    bob.post(at(cast, "withdraw-claim", claim.public_id))
    with inside(cast.network):
        assert directory_of(acting(cast.bob, cast.network)).count() == 2


def test_animator_says_who_was_meant(cast: Cast, bob: Client, alice: Client) -> None:
    bob.post(at(cast, "competitors"), {"name": "Garage Lemoin", "commune": "Blois"})
    with inside(cast.network):
        claim = CompetitorClaim.objects.get()
    page = alice.get(at(cast, "settle-claim", claim.public_id)).content.decode()
    assert "Garage Lemoine" in page
    alice.post(at(cast, "settle-claim", claim.public_id), {"firm": str(cast.garage.public_id)})
    with inside(cast.network):
        assert directory_of(acting(cast.bob, cast.network)).count() == 1


def test_suggestion_shields_nobody_until_it_is_confirmed(
    cast: Cast, alice: Client, client_of: ClientOf
) -> None:
    joiners = more_firms(cast, 2)
    with inside(cast.network):
        Competition.objects.all().delete()
        MembershipPeriod.objects.filter(membership__organisation__in=joiners).delete()
    alice.post(at(cast, "suggest-competitors"))
    with inside(cast.network):
        pair = Competition.objects.get()
        assert {pair.first_id, pair.second_id} == {cast.bakery.pk, cast.rival.pk}
        assert directory_of(acting(cast.bob, cast.network)).filtered(q="Fournil").count() == 1
    alice.post(at(cast, "confirm-competitors", pair.public_id))
    with inside(cast.network):
        assert directory_of(acting(cast.bob, cast.network)).filtered(q="Fournil").count() == 0


def test_dismissed_suggestion_does_not_come_back(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        Competition.objects.all().delete()
    alice.post(at(cast, "suggest-competitors"))
    with inside(cast.network):
        pair = Competition.objects.get()
    alice.post(at(cast, "dismiss-competitors", pair.public_id))
    alice.post(at(cast, "suggest-competitors"))
    with inside(cast.network):
        assert Competition.objects.filter(dismissed_at=None).count() == 0


def test_competitors_meet_on_one_topic_once_both_agree(
    cast: Cast, alice: Client, bob: Client, client_of: ClientOf
) -> None:
    emma = client_of(cast.emma)
    with inside(cast.network):
        pair = Competition.objects.get()
    alice.post(at(cast, "propose-lift", pair.public_id), {"topic": "Environment"})
    asked = bob.get(at(cast, "lifts")).content.decode()
    assert "Environment" in asked
    assert "Fournil" not in asked
    with inside(cast.network):
        lift = CompetitionLift.objects.get()
    bob.post(at(cast, "agree-lift", lift.public_id))
    assert "Fournil" not in bob.get(at(cast, "lifts")).content.decode()
    emma.post(at(cast, "agree-lift", lift.public_id))
    assert "it is Fournil Durand" in bob.get(at(cast, "lifts")).content.decode()
    assert "it is Boulangerie Martin" in emma.get(at(cast, "lifts")).content.decode()
    with inside(cast.network):
        assert directory_of(acting(cast.bob, cast.network)).filtered(q="Fournil").count() == 0


def test_lift_of_others_does_not_exist(cast: Cast, bob: Client) -> None:
    assert bob.post(at(cast, "agree-lift", uuid4())).status_code == 404


def test_members_see_more_of_each_other_once_both_said_yes(
    cast: Cast, bob: Client, client_of: ClientOf
) -> None:
    lemoine = Person.objects.create_user("lemoine@garage.example", name="Lemoine", language="en")
    with inside(cast.network):
        cast.garage.roles.create(
            kind="owner", name="Lemoine", person=lemoine, starts_on="2020-01-01"
        )
    bob.post(at(cast, "ask-introduction", cast.garage.public_id), {"reason": "Une presse"})
    with inside(cast.network):
        asked = Introduction.objects.get()
        garage = directory_of(acting(cast.bob, cast.network)).one(cast.garage.public_id)
        assert garage is not None
        assert garage.phone is None
    owner = client_of(lemoine)
    assert "Une presse" in owner.get(at(cast, "introductions")).content.decode()
    owner.post(at(cast, "accept-introduction", asked.public_id))
    with inside(cast.network):
        garage = directory_of(acting(cast.bob, cast.network)).one(cast.garage.public_id)
        assert garage is not None
        assert garage.phone == "02 54 00 00 00"
    owner.post(at(cast, "end-introduction", asked.public_id))
    with inside(cast.network):
        garage = directory_of(acting(cast.bob, cast.network)).one(cast.garage.public_id)
        assert garage is not None
        assert garage.phone is None


def test_competitor_cannot_be_asked_for_an_introduction(cast: Cast, bob: Client) -> None:
    address = at(cast, "ask-introduction", cast.rival.public_id)
    assert bob.get(address).status_code == 404
    assert bob.post(address, {"reason": ""}).status_code == 404


def test_public_page_is_agreed_to_and_withdrawn_at_once(cast: Cast, bob: Client) -> None:
    bob.post(at(cast, "give-consent", "public_page"))
    bob.post(at(cast, "give-consent", "public_page"))
    with inside(cast.network):
        consent = Consent.objects.get()
        assert FieldLevels.objects.get(organisation=cast.bakery).presence == Level.PUBLIC
    bob.post(at(cast, "withdraw-consent", consent.public_id))
    with inside(cast.network):
        assert Consent.objects.get().revoked_by_id == cast.bob.public_id
        assert FieldLevels.objects.get(organisation=cast.bakery).presence == Level.NETWORK
    assert "from" in bob.get(at(cast, "consents")).content.decode()


def test_consent_of_another_firm_does_not_exist(
    cast: Cast, bob: Client, client_of: ClientOf
) -> None:
    bob.post(at(cast, "give-consent", "statistics"))
    with inside(cast.network):
        consent = Consent.objects.get()
    emma = client_of(cast.emma)
    assert emma.post(at(cast, "withdraw-consent", consent.public_id)).status_code == 404


def test_pledge_is_signed_before_entering_and_again_when_it_changes(
    cast: Cast, alice: Client, bob: Client
) -> None:
    alice.post(at(cast, "pledge-text"), {"text": "I keep it to myself."})
    refused = bob.get(at(cast, "consents"))
    assert refused.status_code == 302
    assert refused.headers["Location"].startswith(at(cast, "pledge"))
    page = bob.get(refused.headers["Location"]).content.decode()
    assert "I keep it to myself." in page
    entered = bob.post(at(cast, "pledge"), {"next": at(cast, "consents"), "version": "1"})
    assert entered.headers["Location"] == at(cast, "consents")
    assert bob.get(at(cast, "consents")).status_code == 200
    alice.post(at(cast, "pledge-text"), {"text": "I keep it to myself, for ever."})
    assert bob.get(at(cast, "consents")).status_code == 302


def test_signing_a_text_that_has_just_changed_signs_nothing(
    cast: Cast, alice: Client, bob: Client
) -> None:
    for text in ("One.", "Two."):
        alice.post(at(cast, "pledge-text"), {"text": text})
    bob.post(at(cast, "pledge"), {"version": "1"})
    with inside(cast.network):
        assert not PledgeSignature.objects.filter(person=cast.bob).exists()
        assert Pledge.objects.count() == 2


def test_pledge_never_leads_to_another_site(cast: Cast, alice: Client, bob: Client) -> None:
    alice.post(at(cast, "pledge-text"), {"text": "One."})
    answer = bob.post(at(cast, "pledge"), {"next": "https://elsewhere.example/", "version": "1"})
    assert "elsewhere" not in answer.headers["Location"]


def test_firm_reads_who_looked_at_its_data(cast: Cast, bob: Client, client_of: ClientOf) -> None:
    with inside(cast.network):
        for refused in (False, True):
            record_reads(
                reader_id=cast.emma.public_id if refused else cast.alice.public_id,
                organisation_ids=[cast.bakery.public_id],
                fields=["contact"],
                page="directory:organisation",
                refused=refused,
            )
    page = bob.get(at(cast, "reads")).content.decode()
    assert "2 looks at your data" in page
    assert "Alice" in page
    assert "telephone, e-mail and people to contact" in page
    assert "Refused" in page


def test_figures_are_the_same_for_bob_for_emma_and_for_the_funder(
    cast: Cast, client_of: ClientOf
) -> None:
    more_firms(cast, 12)
    with inside(cast.network):
        Organisation.objects.update(headcount=3, activity="Boulangerie")
    pages = []
    for person in (cast.bob, cast.emma, cast.farid):
        html = client_of(person).get(at(cast, "figures")).content.decode()
        pages.append(html[html.index("<h1") : html.index("</main>")])
    assert pages[0] == pages[1] == pages[2]
    assert "9 firms, 27 employees" in pages[0]
    assert pages[0].count("27 employees") == 1
    assert "Garage" not in pages[0]


def test_refused_look_is_told_to_the_firm_and_to_nobody_else(
    cast: Cast, bob: Client, client_of: ClientOf
) -> None:
    slug, emma = cast.network.slug, client_of(cast.emma)
    answers = [
        emma.get(reverse(page, args=[slug, public_id]))
        for page in ("directory:organisation", "trust:ask-introduction")
        for public_id in (cast.bakery.public_id, uuid4())
    ]
    assert {answer.status_code for answer in answers} == {404}
    lines = ReadLine.objects.filter(refused=True)
    assert [(line.organisation_id, line.reader_id) for line in lines] == [
        (cast.bakery.public_id, cast.emma.public_id)
    ] * 2
    html = bob.get(reverse("trust:reads", args=[slug])).content.decode()
    assert html.count("Somebody who may not know of you") == 2
    assert "Emma" not in html
    desk = bob.get(reverse("desk:network", args=[slug])).content.decode()
    assert "Looked at 0 times in 30 days. 2 looks were refused." in desk
    own = emma.get(reverse("trust:reads", args=[slug])).content.decode()
    assert "Refused" not in own
