"""Proposing a job to its firms: each answers blind, and the answers decide."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from maillage.foundation.networks.models import Membership
from maillage.foundation.notify.models import Contact
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.enums import CompetitionSource
from maillage.foundation.visibility.models import Competition
from maillage.launch.needs.actions import move_need
from maillage.launch.needs.enums import NeedState
from maillage.launch.shared_jobs.enums import JobState, ShareAnswer
from maillage.launch.shared_jobs.links import opened_by, path_of
from maillage.launch.shared_jobs.models import JobProposal
from maillage.launch.shared_jobs.proposing import (
    ProposalError,
    answer_proposal,
    ask_again,
    propose_job,
    withdraw_proposal,
    write_proposal,
)
from tests.cast import Cast, acting, inside
from tests.launch.shared_jobs.stories import one_job, searched, share_of

YES, NO, OTHER = ShareAnswer.CONFIRMED, ShareAnswer.REFUSED, ShareAnswer.ADJUSTED


def proposed(cast: Cast) -> JobProposal:
    """Propose the one job of the bakery and the garage."""
    return propose_job(acting=acting(cast.alice, cast.network), job=one_job(cast))


def test_a_job_to_which_all_say_yes_is_to_be_hired_for(cast: Cast) -> None:
    with inside(cast.network):
        job = proposed(cast)
        assert job.answer_by == localdate() + timedelta(days=21)
        bob = acting(cast.bob, cast.network)
        answer_proposal(share=share_of(job, cast.bakery), answer=YES, acting=bob)
        job.refresh_from_db()
        assert job.state == JobState.SENT
        answer_proposal(share=share_of(job, cast.garage), answer=YES)
        job.refresh_from_db()
        needs = [share.need for share in job.shares.select_related("need")]
        answers = [(share.answer, share.answered_by_id) for share in job.shares.all()]
    assert job.state == JobState.CONFIRMED
    assert job.settled_at is not None
    assert [need.state for need in needs if need] == [NeedState.COMMITTED] * 2
    assert set(answers) == {(YES, cast.bob.public_id), (YES, None)}


def test_a_no_with_its_reason_ends_the_job_and_frees_its_needs(cast: Cast) -> None:
    with inside(cast.network):
        job = proposed(cast)
        with pytest.raises(ProposalError, match="Say why"):
            answer_proposal(share=share_of(job, cast.garage), answer=NO)
        answer_proposal(share=share_of(job, cast.garage), answer=NO, reason="Trop loin")
        job.refresh_from_db()
        assert (job.state, job.because) == (JobState.FALLEN, "One of its firms said no.")
        assert searched(cast).jobs.count() == 1
        with pytest.raises(ProposalError, match="settled"):
            answer_proposal(share=share_of(job, cast.bakery), answer=YES)


def test_needs_of_a_proposed_job_enter_no_other_search(cast: Cast) -> None:
    with inside(cast.network):
        first = one_job(cast)
        again = searched(cast).jobs.get()
        alice = acting(cast.alice, cast.network)
        propose_job(acting=alice, job=first)
        with pytest.raises(ProposalError, match="already in another proposal"):
            propose_job(acting=alice, job=again)
        with pytest.raises(ProposalError, match="already been proposed"):
            propose_job(acting=alice, job=first)


def test_other_hours_that_still_make_a_job_are_kept(cast: Cast) -> None:
    with inside(cast.network):
        job = proposed(cast)
        fewer = [32] * 12
        answer_proposal(share=share_of(job, cast.bakery), answer=OTHER, adjusted=fewer)
        answer_proposal(share=share_of(job, cast.garage), answer=YES)
        job.refresh_from_db()
    assert (job.state, job.half_hours) == (JobState.CONFIRMED, [66] * 12)


def test_other_hours_that_make_no_job_any_more_are_agreed_again(cast: Cast) -> None:
    with inside(cast.network):
        job = proposed(cast)
        alice = acting(cast.alice, cast.network)
        answer_proposal(share=share_of(job, cast.garage), answer=YES)
        answer_proposal(share=share_of(job, cast.bakery), answer=OTHER, adjusted=[10] * 12)
        job.refresh_from_db()
        assert job.state == JobState.UNFIT
        answer_proposal(share=share_of(job, cast.garage), answer=OTHER, adjusted=[56] * 12)
        job.refresh_from_db()
        assert (job.state, job.half_hours) == (JobState.CONFIRMED, [66] * 12)
        with pytest.raises(ProposalError, match="still fit"):
            ask_again(acting=alice, job=job)


def test_asking_again_asks_all_with_the_hours_they_answered(cast: Cast) -> None:
    with inside(cast.network):
        job = proposed(cast)
        answer_proposal(share=share_of(job, cast.garage), answer=YES)
        answer_proposal(share=share_of(job, cast.bakery), answer=OTHER, adjusted=[10] * 12)
        job.refresh_from_db()
        ask_again(acting=acting(cast.alice, cast.network), job=job)
        job.refresh_from_db()
        shares = {share.organisation_id: share for share in job.shares.all()}
    assert job.state == JobState.SENT
    assert shares[cast.bakery.pk].half_hours == [10] * 12
    assert {share.answer for share in shares.values()} == {ShareAnswer.WAITING}


@pytest.mark.parametrize("hours", [[0] * 12, [337] * 12, [10] * 11, []])
def test_hours_that_no_week_holds_are_refused(cast: Cast, hours: list[int]) -> None:
    with inside(cast.network):
        job = proposed(cast)
        with pytest.raises(ProposalError, match="0 to 168") as error:
            answer_proposal(share=share_of(job, cast.bakery), answer=OTHER, adjusted=hours)
        assert error.value.field == "hours"
        assert share_of(job, cast.bakery).answer == ShareAnswer.WAITING


def test_the_same_answer_twice_counts_once(cast: Cast) -> None:
    with inside(cast.network):
        job = proposed(cast)
        first = answer_proposal(share=share_of(job, cast.bakery), answer=YES)
        again = answer_proposal(share=share_of(job, cast.bakery), answer=YES)
        assert again.answered_at == first.answered_at


@pytest.mark.parametrize("what", ["leaves", "withdraws", "competes", "closes"])
def test_a_firm_that_is_no_longer_there_ends_the_proposal(cast: Cast, what: str) -> None:
    with inside(cast.network):
        job = proposed(cast)
        alice = acting(cast.alice, cast.network)
        if what == "leaves":
            Membership.objects.filter(organisation=cast.bakery).delete()
        elif what == "closes":
            Organisation.objects.filter(pk=cast.bakery.pk).update(closed_on=localdate())
        elif what == "withdraws":
            need = share_of(job, cast.bakery).need
            assert need is not None
            move_need(acting=alice, need=need, to=NeedState.DROPPED, reason="Vendu")
        else:
            first, second = sorted((cast.bakery, cast.garage), key=lambda firm: firm.pk)
            Competition.objects.create(
                first=first,
                second=second,
                source=CompetitionSource.DECLARED,
                confirmed_at=now(),
            )
        answer_proposal(share=share_of(job, cast.garage), answer=YES)
        job.refresh_from_db()
        assert job.state == JobState.FALLEN
        assert share_of(job, cast.garage).answer == ShareAnswer.WAITING


def test_nobody_answers_for_another_firm(cast: Cast) -> None:
    with inside(cast.network):
        job = proposed(cast)
        for person in (cast.emma, cast.chloe, cast.alice):
            with pytest.raises(PermissionDenied):
                answer_proposal(
                    share=share_of(job, cast.bakery),
                    answer=YES,
                    acting=acting(person, cast.network),
                )


def test_a_proposal_given_up_takes_no_more_answers(cast: Cast) -> None:
    with inside(cast.network):
        job = proposed(cast)
        alice = acting(cast.alice, cast.network)
        with pytest.raises(ProposalError, match="Say why"):
            withdraw_proposal(acting=alice, job=job, because=" ")
        withdraw_proposal(acting=alice, job=job, because="La saison est passée")
        with pytest.raises(ProposalError, match="settled"):
            answer_proposal(share=share_of(job, cast.bakery), answer=YES)
        with pytest.raises(ProposalError, match="not under way"):
            withdraw_proposal(acting=alice, job=job, because="Encore")


def test_a_link_opens_the_part_of_one_firm_until_it_is_renewed(cast: Cast) -> None:
    with inside(cast.network):
        share = share_of(proposed(cast), cast.bakery)
        token = path_of(share).strip("/").split("/")[-1]
        assert opened_by(token) == share
        assert opened_by(token[:-1]) is None
        assert opened_by("rien") is None
        share.link += 1
        share.save(update_fields=["link"])
        assert opened_by(token) is None


def test_the_mail_of_a_proposal_counts_among_the_contacts_of_the_firm(cast: Cast) -> None:
    with inside(cast.network):
        Organisation.objects.filter(pk=cast.bakery.pk).update(email="bakery@firm.example")
        share = share_of(proposed(cast), cast.bakery)
        write_proposal(acting=acting(cast.alice, cast.network), share=share)
        (contact,) = Contact.objects.filter(organisation_id=cast.bakery.public_id)
        assert contact.subject == "Un emploi partagé\N{NO-BREAK SPACE}: Vendeuse"
