"""Alice writes workers down, hires for a job that firms agreed on, and lends to members only."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from maillage.foundation.audit.queries import history_of
from maillage.foundation.networks.models import MembershipPeriod, Task
from maillage.launch.charter.models import Override
from maillage.launch.charter.rules import Rule
from maillage.launch.shared_jobs.enums import JobState
from maillage.launch.shared_jobs.models import JobProposal
from maillage.run.employment.contracts import (
    change_contract,
    draft_contract,
    drop_contract,
    record_declaration,
    renew_trial,
    users_on,
    words_of,
)
from maillage.run.employment.hiring import hire, jobs_to_hire_for, lending_for, offer_of
from maillage.run.employment.lending import draft_lending, drop_lending, end_lending, give_notice
from maillage.run.employment.models import EmploymentContract, LendingAgreement, Worker
from maillage.run.employment.models_of_contracts import ContractFigure
from maillage.run.employment.refusals import ContractError, LendingError, StaffError
from maillage.run.employment.staff import (
    Skill,
    WorkerChangedError,
    add_worker,
    change_worker,
    remove_worker,
)
from tests.cast import Cast, acting, inside
from tests.launch.charter.stories import met, published
from tests.run.employment.stories import (
    GILLES,
    MONDAY,
    confirmed_job,
    drafted,
    gilles,
    in_days,
    lending_words,
    lent,
    words,
)


def test_a_worker_has_a_home_on_the_map_and_occupations(cast: Cast) -> None:
    with inside(cast.network):
        worker = gilles(cast, commune="blois", postcode="")
        assert (worker.commune, worker.postcode) == ("Blois", "41000")
        assert worker.latitude == pytest.approx(47.58, abs=0.05)
        assert [(one.occupation, one.level) for one in worker.skills.all()] == [
            ("D1106", 3),
            ("I1604", 1),
        ]
        line = history_of(worker.public_id).get()
        assert line.act == "add worker"
        assert [(one.field, one.after) for one in line.values_changed.all()] == [
            ("name", "Gilles Moreau")
        ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " . "}, "name"),
        ({"commune": "Bloix", "postcode": "41000"}, "commune"),
        ({"born_on": date(2020, 1, 1)}, "born_on"),
        ({"skills": (Skill("D1106", "Vente", 3), Skill("D1106", "Vente", 2))}, "skills"),
        ({"skills": (Skill("D1106", "Vente", 4),)}, "skills"),
    ],
)
def test_a_worker_is_refused_with_a_sentence(
    cast: Cast, changed: dict[str, object], field: str
) -> None:
    with inside(cast.network):
        with pytest.raises(StaffError) as refused:
            gilles(cast, **changed)
        assert refused.value.field == field
        assert not Worker.objects.exists()


def test_nobody_else_keeps_workers(cast: Cast) -> None:
    with inside(cast.network):
        contract = drafted(cast)
        for person in (cast.bob, cast.chloe, cast.farid):
            who = acting(person, cast.network)
            with pytest.raises(PermissionDenied):
                add_worker(acting=who, words=GILLES)
            with pytest.raises(PermissionDenied):
                draft_contract(acting=who, worker=contract.worker, words=words(cast))
            with pytest.raises(PermissionDenied):
                draft_lending(acting=who, contract=contract, words=lending_words(cast.bakery))


def test_two_who_change_a_record_at_once_do_not_write_over_each_other(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        worker = gilles(cast)
        changed = change_worker(acting=alice, worker=worker, version=1, words=GILLES)
        assert changed.version == 2
        with pytest.raises(WorkerChangedError):
            change_worker(acting=alice, worker=worker, version=1, words=GILLES)


def test_somebody_without_contract_is_removed_whole(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = drafted(cast)
        with pytest.raises(StaffError, match="has a contract"):
            remove_worker(acting=alice, worker=contract.worker)
        drop_contract(acting=alice, contract=contract)
        assert not Task.objects.exists()
        remove_worker(acting=alice, worker=contract.worker)
        assert not Worker.objects.exists()


def test_a_contract_is_drafted_with_what_is_to_be_done(cast: Cast) -> None:
    with inside(cast.network):
        contract = drafted(cast)
        assert contract.signed_on is None
        assert contract.trial_ends_on == date(2027, 3, 3)
        assert users_on(contract, MONDAY) == [cast.bakery, cast.garage]
        assert [(one.title, one.due_on) for one in Task.objects.all()] == [
            ("Declare the hiring of Gilles Moreau (DPAE), from 27 December 2026 on", MONDAY),
            (
                "Trial period of Gilles Moreau, until 3 March 2027: ask the firms and decide",
                date(2027, 2, 24),
            ),
        ]
        assert words_of(contract) == words(cast)


def test_a_contract_that_the_law_refuses_is_not_kept(cast: Cast) -> None:
    with inside(cast.network):
        with pytest.raises(ContractError) as refused:
            drafted(cast, hourly_pay=Decimal("12.30"), week_minutes=1439, places="")
        assert [one.rule for one in refused.value.problems] == [
            "complete",
            "part_time_minutes",
            "minimum_wage",
        ]
        assert not EmploymentContract.objects.exists()


def test_an_agreement_of_the_branch_sets_other_figures_from_its_day(cast: Cast) -> None:
    with inside(cast.network):
        ContractFigure.objects.create(
            network=cast.network,
            rule="trial_months_worker",
            value=1,
            reference="CCN 3117, art. 12",
            starts_on=MONDAY,
            recorded_by_id=cast.alice.public_id,
        )
        contract = drafted(cast)
        assert contract.trial_ends_on == date(2027, 2, 3)
        earlier = words(cast, starts_on=MONDAY - timedelta(days=1))
        alice = acting(cast.alice, cast.network)
        contract = change_contract(acting=alice, contract=contract, words=earlier)
        assert contract.trial_ends_on == date(2027, 3, 2)


def test_the_group_is_the_one_employer(cast: Cast) -> None:
    with inside(cast.network):
        june = date(2027, 6, 30)
        first = drafted(cast, kind="seasonal", reason="Vendanges", ends_on=june)
        with pytest.raises(StaffError, match="one employer"):
            drafted(cast, first.worker, starts_on=june)
        with pytest.raises(IntegrityError), transaction.atomic():
            EmploymentContract.objects.create(
                worker=first.worker,
                kind="permanent",
                title="Autre",
                qualification="Employé",
                starts_on=june,
                week_minutes=2100,
                hourly_pay=13,
            )
        drafted(cast, first.worker, starts_on=date(2027, 7, 1))
        first.ends_on = date(2027, 7, 1)
        with pytest.raises(IntegrityError), transaction.atomic():
            first.save()


def test_a_hiring_is_declared_eight_days_ahead_at_most(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = drafted(cast, starts_on=in_days(8))
        declared = record_declaration(acting=alice, contract=contract, day=localdate())
        assert declared.declared_on == localdate()
        done = Task.objects.get(of_contract__key="declare")
        assert done.done_at is not None
        with pytest.raises(StaffError, match="This day has not come"):
            record_declaration(acting=alice, contract=contract, day=in_days(1))
        late = drafted(cast, gilles(cast, name="Hugo"), starts_on=in_days(9))
        with pytest.raises(StaffError, match=r"8 days ahead at most.*R1221-4"):
            record_declaration(acting=alice, contract=late, day=localdate())
        past = drafted(cast, gilles(cast, name="Inès"), starts_on=in_days(-1))
        with pytest.raises(StaffError, match="before it begins"):
            record_declaration(acting=alice, contract=past, day=localdate())
        record_declaration(acting=alice, contract=past, day=in_days(-1))


def test_a_trial_period_is_renewed_once_during_it(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = drafted(cast, starts_on=in_days(-20))
        with pytest.raises(StaffError, match="agreement of the branch"):
            renew_trial(acting=alice, contract=contract, agreed_on=localdate(), allowed_by=" ")
        with pytest.raises(StaffError, match="during the trial period"):
            renew_trial(acting=alice, contract=contract, agreed_on=in_days(-21), allowed_by="CCN")
        renewed = renew_trial(
            acting=alice, contract=contract, agreed_on=localdate(), allowed_by="CCN, art. 5"
        )
        assert renewed.trial_ends_on is not None
        assert contract.trial_ends_on is not None
        assert renewed.trial_ends_on > contract.trial_ends_on
        with pytest.raises(StaffError, match="renewed once"):
            renew_trial(acting=alice, contract=contract, agreed_on=localdate(), allowed_by="CCN")
        fixed = drafted(
            cast,
            gilles(cast, name="Hugo"),
            kind="fixed_term",
            reason="Surcroît",
            starts_on=localdate(),
            ends_on=in_days(100),
        )
        with pytest.raises(StaffError, match="not permanent"):
            renew_trial(acting=alice, contract=fixed, agreed_on=localdate(), allowed_by="CCN")


def test_alice_hires_for_a_job_that_both_firms_agreed_on(cast: Cast) -> None:
    with inside(cast.network):
        job = confirmed_job(cast)
        assert list(jobs_to_hire_for(cast.network)) == [job]
        offer = offer_of(job)
        assert (offer.week_minutes, offer.annual_minutes) == (34 * 60, None)
        assert offer.occupation == "D1106"
        assert sorted(offer.places.split(", ")) == ["Blois", "Vendôme"]
        parts = {part.organisation: part.week_minutes for part in offer.parts}
        assert parts == {cast.bakery: 17 * 60, cast.garage: 17 * 60}
        contract = hire(
            acting=acting(cast.alice, cast.network),
            job=job,
            worker=GILLES,
            words=words(cast, week_minutes=offer.week_minutes),
            lendings=[
                lending_for(
                    part,
                    starts_on=MONDAY,
                    ends_on=None,
                    rhythm="Lundi et mardi",
                    cost_terms="23,02 € de l’heure",
                    notice=60,
                )
                for part in offer.parts
            ],
        )
        assert contract.worker.name == "Gilles Moreau"
        assert contract.job == job
        assert contract.signed_on is None
        found = LendingAgreement.objects.filter(contract=contract)
        assert {one.organisation: one.signed_on for one in found} == {
            cast.bakery: None,
            cast.garage: None,
        }
        assert {(one.site.commune, one.notice_days) for one in found if one.site} == {
            ("Blois", 60),
            ("Vendôme", 60),
        }
        assert list(jobs_to_hire_for(cast.network)) == []
        with pytest.raises(StaffError, match="hired for this job already"):
            hire(
                acting=acting(cast.alice, cast.network),
                job=job,
                worker=GILLES,
                words=words(cast),
                lendings=[],
            )


def test_hours_that_change_with_the_month_are_counted_over_the_year(cast: Cast) -> None:
    with inside(cast.network):
        job = confirmed_job(cast)
        share = job.shares.get(organisation=cast.bakery)
        share.adjusted = [60] * 6 + [20] * 6  # 30 hours a week, then 10
        share.save()
        offer = offer_of(job)
        assert offer.week_minutes == 35 * 60  # what firms need beyond 35 hours is overtime
        assert offer.annual_minutes == 1607 * 60
        share.adjusted = [36] * 6 + [20] * 6  # 18 hours a week, then 10
        share.save()
        offer = offer_of(job)
        assert offer.week_minutes == 31 * 60
        assert offer.annual_minutes == 31 * 60 * 1607 // 35


def test_nothing_is_kept_of_a_hiring_that_is_refused(cast: Cast) -> None:
    with inside(cast.network):
        job = confirmed_job(cast)
        with pytest.raises(ContractError):
            hire(
                acting=acting(cast.alice, cast.network),
                job=job,
                worker=GILLES,
                words=words(cast, places=""),
                lendings=[],
            )
        assert not Worker.objects.exists()
        assert list(jobs_to_hire_for(cast.network)) == [job]


def test_a_job_that_is_not_agreed_on_is_not_hired_for(cast: Cast) -> None:
    with inside(cast.network):
        job = confirmed_job(cast)
        JobProposal.objects.filter(pk=job.pk).update(state=JobState.SENT)
        assert list(jobs_to_hire_for(cast.network)) == []


def test_a_worker_is_lent_to_members_only(cast: Cast) -> None:
    with inside(cast.network):
        contract = drafted(cast)
        period = MembershipPeriod.objects.get(membership__organisation=cast.garage)
        period.ends_on = MONDAY - timedelta(days=1)
        period.save()
        with pytest.raises(LendingError, match="members only") as refused:
            lent(cast, contract, cast.garage)
        assert refused.value.join == cast.garage
        with pytest.raises(LendingError, match="members only"):
            drafted(cast, gilles(cast, name="Hugo"))
        period.ends_on = MONDAY
        period.save()
        assert lent(cast, contract, cast.garage).signed_on is None


def test_competitors_share_no_worker_unless_both_owners_said_yes(cast: Cast) -> None:
    with inside(cast.network):
        contract = drafted(cast, users=(cast.bakery.pk, cast.rival.pk))
        lent(cast, contract, cast.bakery)
        with pytest.raises(LendingError, match="recorded as competitors"):
            lent(cast, contract, cast.rival)
        published(cast)
        with pytest.raises(LendingError) as refused:
            lent(cast, contract, cast.rival)
        said = str(refused.value)
        assert "Fournil Durand" in said
        assert "Boulangerie Martin" in said
        assert "of the charter (version 1)" in said
        assert "the owners of both have said yes in writing" in said
        pair = met(cast)
        Override.objects.create(
            network=cast.network,
            competition=pair,
            rule=Rule.NO_SHARED_WORKER,
            asked_by=cast.bakery,
            reason="Entraide",
            first_agreed_at=pair.confirmed_at,
            second_agreed_at=pair.confirmed_at,
        )
        assert lent(cast, contract, cast.rival).organisation == cast.rival


def test_a_worker_who_left_one_may_be_lent_to_its_competitor(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = drafted(cast, users=(cast.bakery.pk, cast.rival.pk))
        first = lent(cast, contract, cast.bakery)
        day = date(2027, 3, 1)
        end_lending(acting=alice, lending=first, ended_on=day, reason="Fin de saison")
        with pytest.raises(LendingError, match="competitors"):
            lent(cast, contract, cast.rival, starts_on=day)
        lent(cast, contract, cast.rival, starts_on=day + timedelta(days=1))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"post": " "}, "post"),
        ({"week_minutes": 0}, "week_minutes"),
        ({"rhythm": ""}, "rhythm"),
        ({"cost_terms": ""}, "cost_terms"),
        ({"notice_days": 366}, "notice_days"),
        ({"ends_on": MONDAY - timedelta(days=1)}, "ends_on"),
        ({"starts_on": MONDAY - timedelta(days=1)}, "starts_on"),
    ],
)
def test_an_agreement_that_lacks_something_is_refused(
    cast: Cast, changed: dict[str, object], field: str
) -> None:
    with inside(cast.network):
        contract = drafted(cast)
        with pytest.raises(LendingError) as refused:
            lent(cast, contract, cast.bakery, **changed)
        assert refused.value.field == field


def test_a_firm_that_the_contract_does_not_name_waits_for_an_amendment(cast: Cast) -> None:
    with inside(cast.network):
        contract = drafted(cast, users=(cast.bakery.pk,))
        with pytest.raises(LendingError, match="does not name Garage Lemoine"):
            lent(cast, contract, cast.garage)


def test_an_agreement_ends_with_a_reason_and_after_its_beginning(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        lending = lent(cast, drafted(cast), cast.bakery)
        given = give_notice(acting=alice, lending=lending, given_on=localdate())
        assert given.notice_given_on == localdate()
        with pytest.raises(StaffError, match="given already"):
            give_notice(acting=alice, lending=lending, given_on=localdate())
        with pytest.raises(StaffError, match="Say why"):
            end_lending(acting=alice, lending=lending, ended_on=MONDAY, reason="")
        ended = end_lending(acting=alice, lending=lending, ended_on=MONDAY, reason="Fermeture")
        assert (ended.ended_on, ended.end_reason) == (MONDAY, "Fermeture")
        with pytest.raises(StaffError, match="ended already"):
            drop_lending(acting=alice, lending=lending)
