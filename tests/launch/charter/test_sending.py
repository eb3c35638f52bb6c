"""Sending links to sign: to whom it is due, and to no other."""

import re

import pytest
from django.utils.timezone import localdate

from maillage.bricks.agreements.links import found
from maillage.bricks.agreements.models import SigningLink
from maillage.bricks.agreements.refusals import AgreementError
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.notify.actions import add_quiet_period
from maillage.foundation.notify.models import Contact, OutgoingMail
from maillage.foundation.notify.pressure import pressure_of
from maillage.foundation.organisations.addressing import firm_address
from maillage.foundation.organisations.models import Organisation
from maillage.launch.charter.sending import SEND, plan_of, start_round
from tests.cast import Cast, acting, inside, more_firms
from tests.launch.charter.stories import published, signed


def why_not(cast: Cast) -> dict[str, str]:
    """Return why each member that must sign would not be written to."""
    return {one.organisation.name: one.why_not for one in plan_of(cast.network)}


def quiet(cast: Cast, firm: Organisation) -> None:
    """Let a firm ask to be left alone today."""
    add_quiet_period(
        firm=firm_address(firm.pk),
        actor_id=cast.bob.public_id,
        network_id=None,
        starts_on=localdate(),
        ends_on=localdate(),
    )


def test_the_plan_says_who_is_written_to_and_why_others_are_not(cast: Cast) -> None:
    with inside(cast.network):
        assert plan_of(cast.network) == []
        version = published(cast)
        (mute,) = more_firms(cast, 1)
        Organisation.objects.filter(pk=mute.pk).update(email="")
        quiet(cast, cast.rival)
        signed(cast, version, cast.bob, cast.bakery)
        assert why_not(cast) == {
            "Fournil Durand": pressure_of(firm_address(cast.rival.pk)).sentence(),
            "Garage Lemoine": "",
            "Menuiserie 00000": (
                "It has no e-mail address: have the paper signed, then keep its scan."
            ),
        }


def test_two_clicks_send_one_link_to_each_firm(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        published(cast)
        first = start_round(acting=alice)
        assert start_round(acting=alice) == first
        work_off()
        assert Contact.objects.count() == SigningLink.objects.count() == 3
        assert Run.objects.get(kind=SEND).summary == "3 firms were written to."
        assert set(why_not(cast).values()) == {"It was written to less than 5 days ago."}
        with pytest.raises(AgreementError, match="no firm to write to today"):
            start_round(acting=alice)


def test_each_mail_has_the_link_of_its_firm(cast: Cast) -> None:
    with inside(cast.network):
        published(cast)
        start_round(acting=acting(cast.alice, cast.network))
        work_off()
        mails = list(OutgoingMail.objects.select_related("contact"))
        assert len(mails) == 3
        for mail in mails:
            token = re.search(r"/c/([\w-]+)/", mail.text)
            assert token is not None
            link = found(token[1], "charter")
            assert link is not None
            assert mail.contact is not None
            assert link.organisation.public_id == mail.contact.organisation_id


def test_a_firm_that_asks_to_be_left_alone_before_its_turn_gets_no_link(cast: Cast) -> None:
    with inside(cast.network):
        published(cast)
        start_round(acting=acting(cast.alice, cast.network))
        quiet(cast, cast.bakery)
        work_off()
        firms = set(SigningLink.objects.values_list("organisation__name", flat=True))
        assert firms == {"Fournil Durand", "Garage Lemoine"}


def test_whoever_lost_the_role_writes_to_nobody(cast: Cast) -> None:
    with inside(cast.network):
        published(cast)
        start_round(acting=acting(cast.alice, cast.network))
        cast.network.roles.all().delete()
        work_off()
        assert not Contact.objects.exists()
        assert Run.objects.get(kind=SEND).state == "failed"
        with pytest.raises(AgreementError, match="Your role does not let you"):
            start_round(acting=acting(cast.bob, cast.network))
