"""Writing to the firms that have not answered, and to no other."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.notify.actions import add_quiet_period, set_policy
from maillage.foundation.notify.models import Contact
from maillage.foundation.notify.pressure import Ceiling, pressure_of
from maillage.foundation.notify.rounds import pressures_of
from maillage.foundation.organisations.addressing import firm_address, firm_addresses
from maillage.foundation.organisations.models import Organisation
from maillage.launch.surveys.actions import SurveyError, begin, finish, note_refusal
from maillage.launch.surveys.models import Invitee, Survey
from maillage.launch.surveys.reminders import REMIND, plan_of, start_round
from tests.cast import Cast, acting, inside, more_firms
from tests.launch.surveys.stories import asked, opened


def why_not(cast: Cast, survey: Survey) -> dict[str, str]:
    """Return why each silent firm would not be written to."""
    plan = plan_of(survey, cast.network)
    return {one.invitee.organisation.name: one.why_not for one in plan}


def quiet(cast: Cast, firm: Organisation, until: date) -> None:
    """Let a firm ask to be left alone."""
    add_quiet_period(
        firm=firm_address(firm.pk),
        actor_id=cast.bob.public_id,
        network_id=None,
        starts_on=localdate(),
        ends_on=until,
    )


def test_the_plan_says_who_is_written_to_and_why_others_are_not(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        mute, closed = more_firms(cast, 2)
        Organisation.objects.filter(pk=mute.pk).update(email="")
        Organisation.objects.filter(pk=closed.pk).update(closed_on=localdate())
        bakery, _rival, garage, *_others = asked(
            cast, survey, cast.bakery, cast.rival, cast.garage, mute, closed
        )
        note_refusal(acting=acting(cast.alice, cast.network), invitee=bakery, because="")
        quiet(cast, cast.rival, localdate())
        assert why_not(cast, survey) == {
            "Boulangerie Martin": "It would rather not answer: it is asked no more.",
            "Fournil Durand": pressure_of(firm_address(cast.rival.pk)).sentence(),
            "Garage Lemoine": "",
            "Menuiserie 00000": "It has no e-mail address: telephone, write or visit instead.",
            "Menuiserie 00001": "It has closed.",
        }
        finish(survey=survey, response=begin(survey=survey, invitee=garage))
        assert "Garage Lemoine" not in why_not(cast, survey)


def test_two_clicks_write_once_to_each_firm(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        asked(cast, survey, cast.bakery, cast.garage)
        alice = acting(cast.alice, cast.network)
        first = start_round(acting=alice, survey=survey)
        assert start_round(acting=alice, survey=survey) == first
        work_off()
        assert Contact.objects.count() == 2
        assert Run.objects.get(kind=REMIND).summary == "2 firms were written to."
        assert set(why_not(cast, survey).values()) == {"It was written to less than 5 days ago."}
        with pytest.raises(SurveyError, match="no firm to write to today"):
            start_round(acting=alice, survey=survey)


def test_a_later_mail_says_that_it_is_a_reminder(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        asked(cast, survey, cast.bakery)
        Invitee.objects.update(written_at=now() - timedelta(days=6))
        start_round(acting=acting(cast.alice, cast.network), survey=survey)
        work_off()
        subject = Contact.objects.get().subject
        assert subject == "Rappel – Vos besoins de bras"


def test_a_firm_that_refuses_before_the_round_comes_to_it_is_left_alone(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        bakery, garage = asked(cast, survey, cast.bakery, cast.garage)
        start_round(acting=acting(cast.alice, cast.network), survey=survey)
        note_refusal(acting=acting(cast.alice, cast.network), invitee=bakery, because="")
        work_off()
        assert [one.organisation_id for one in Contact.objects.all()] == [
            garage.organisation.public_id
        ]


def test_one_wave_is_written_to_alone(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        first, _second = asked(cast, survey, cast.bakery, cast.garage)
        Invitee.objects.filter(pk=first.pk).update(wave=2)
        plan = plan_of(survey, cast.network, wave=2)
        assert [one.invitee.organisation for one in plan] == [cast.bakery]


def test_many_firms_stand_where_each_of_them_does(cast: Cast) -> None:
    with inside(cast.network):
        set_policy(
            firm=firm_address(cast.garage.pk),
            actor_id=cast.alice.public_id,
            network_id=None,
            ceiling=Ceiling(1, 90),
            by_firm=False,
            lead_name="Chambre",
        )
        quiet(cast, cast.rival, localdate() + timedelta(days=9))
        for days, firm in ((80, cast.garage), (29, cast.bakery), (30, cast.bakery)):
            Contact.objects.create(
                firm_key=firm.siren,
                organisation_id=firm.public_id,
                body_name="x",
                channel="call",
                subject="x",
                at=now() - timedelta(days=days),
            )
        firms = firm_addresses([cast.bakery.pk, cast.rival.pk, cast.garage.pk]).values()
        assert pressures_of(firms) == {one.organisation_id: pressure_of(one) for one in firms}
