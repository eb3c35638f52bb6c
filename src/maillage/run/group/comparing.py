"""Collective agreements side by side, put to the members: one voice each, then a decision."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.decisions import Minutes, record_decision
from maillage.foundation.networks.actions.guarding import trail
from maillage.foundation.networks.permissions import SPEAKS_FOR_FIRM
from maillage.foundation.networks.queries import current
from maillage.foundation.notify.notifications import notify_person
from maillage.foundation.organisations.agreements import read_agreement
from maillage.foundation.organisations.models import Role
from maillage.run.group.actions import fresh
from maillage.run.group.clock import wind
from maillage.run.group.dossier import agreement_in_words
from maillage.run.group.enums import ComparedItem, ComparisonState
from maillage.run.group.models import AgreementVote, ComparedCell, Comparison, EmployerGroup
from maillage.run.group.queries import is_member, periods_of_members
from maillage.run.group.refusals import GroupError

FEWEST, MOST = 2, 6
MOST_POSTS: Final = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """What an agreement gives for a post, and where it was read."""

    post: str
    agreement: str
    item: str
    value: str
    source: str


@transaction.atomic
def begin_comparison(
    *,
    acting: Acting,
    group: EmployerGroup,
    title: str,
    agreements: Sequence[str],
    posts: Sequence[str],
) -> Comparison:
    """Begin a comparison of agreements for chosen posts. Raises GroupError."""
    group = fresh(acting, group)
    title = " ".join(title.split())
    if not title:
        raise GroupError(_("Say what the members choose."), "title")
    codes = list(dict.fromkeys(_code(one) for one in agreements))
    if not FEWEST <= len(codes) <= MOST:
        raise GroupError(_("Compare two agreements at least, six at most."), "agreements")
    named = list(dict.fromkeys(" ".join(one.split()) for one in posts if one.strip()))
    if not 1 <= len(named) <= MOST_POSTS:
        raise GroupError(_("Name one post at least, twelve at most."), "posts")
    comparison = Comparison.objects.create(group=group, title=title, agreements=codes, posts=named)
    after = {"title": title, "agreements": codes, "posts": named}
    trail(acting, "compare", comparison, after=after)
    return comparison


def _code(typed: str) -> str:
    code, problem = read_agreement(typed)
    if problem is not None or not code:
        raise GroupError(_("An IDCC number has four digits at most, like 843."), "agreements")
    return code


@transaction.atomic
def fill_cells(
    *, acting: Acting, comparison: Comparison, post: str, cells: Iterable[Cell]
) -> Comparison:
    """Write what each agreement gives for a post; an empty value is taken away."""
    comparison = _mine(acting, comparison)
    if comparison.state != ComparisonState.DRAFT:
        raise GroupError(_("Members are already voting on it: it does not change any more."))
    if post not in comparison.posts:
        raise GroupError(_("This post is not compared."))
    kept = [one for one in cells if one.value.strip()]
    if any(not one.source.strip() for one in kept):
        raise GroupError(_("Say where each value was read: an article, a table of pay, a date."))
    ComparedCell.objects.filter(comparison=comparison, post=post).delete()
    ComparedCell.objects.bulk_create(
        ComparedCell(
            comparison=comparison,
            post=post,
            agreement=one.agreement,
            item=one.item,
            value=" ".join(one.value.split()),
            source=" ".join(one.source.split()),
        )
        for one in kept
        if one.agreement in comparison.agreements and one.item in ComparedItem.values
    )
    trail(acting, "fill", comparison, after={"post": post, "cells": len(kept)})
    return comparison


@transaction.atomic
def open_vote(*, acting: Acting, comparison: Comparison, until: date) -> Comparison:
    """Put a comparison to the members until a day; each is told. Raises GroupError."""
    comparison = _mine(acting, comparison)
    if comparison.state != ComparisonState.DRAFT:
        raise GroupError(_("Members are already voting on it: it does not change any more."))
    if until < localdate():
        raise GroupError(_("Choose today or a later day."), "until")
    missing = missing_in(comparison, list(comparison.cells.all()))
    if missing:
        raise GroupError(
            _("Pay, hours and leave are needed for each post and agreement: %(first)s is missing.")
            % {"first": missing[0]}
        )
    comparison.state, comparison.votes_until = ComparisonState.OPEN, until
    comparison.save(update_fields=["state", "votes_until"])
    trail(acting, "open_vote", comparison, after={"until": until.isoformat()})
    _tell_members(acting, comparison)
    return comparison


NEEDED: Final = (ComparedItem.PAY, ComparedItem.HOURS, ComparedItem.LEAVE)


def missing_in(comparison: Comparison, cells: Iterable[ComparedCell]) -> list[str]:
    """Return what members need to choose and is not filled in, in words."""
    known = {(one.post, one.agreement, one.item) for one in cells}
    return [
        f"{post}, IDCC {agreement}, {item.label}"
        for post in comparison.posts
        for agreement in comparison.agreements
        for item in NEEDED
        if (post, agreement, item) not in known
    ]


def _tell_members(acting: Acting, comparison: Comparison) -> None:
    network = comparison.group.network
    members = periods_of_members(network).values("membership__organisation")
    roles = Role.objects.filter(
        current(localdate()),
        organisation__in=members,
        kind__in=SPEAKS_FOR_FIRM,
        person__isnull=False,
    )
    for person in Person.objects.filter(pk__in=roles.values("person")).exclude(pk=acting.person.pk):
        notify_person(
            person=person,
            title=lambda: (
                _("Choose the collective agreement of the group: %(title)s")
                % {"title": comparison.title}
            ),
            url=f"/n/{network.slug}/group/mine/",
            network_id=network.public_id,
        )


@transaction.atomic
def vote(*, acting: Acting, comparison: Comparison, agreement: str) -> AgreementVote:
    """Give the voice of one's own firm; changed until the vote ends. Raises GroupError."""
    firm = acting.firm
    if acting.network is None or firm is None or not acting.can("see_own_group"):
        raise PermissionDenied
    comparison = _locked(comparison)
    if comparison.group.network != acting.network:
        raise PermissionDenied
    if not is_member(acting.network, firm):
        raise GroupError(_("Only members of the group vote."))
    over = comparison.votes_until is None or comparison.votes_until < localdate()
    if comparison.state != ComparisonState.OPEN or over:
        raise GroupError(_("The vote is not open."))
    if agreement not in comparison.agreements:
        raise GroupError(_("Choose one of the agreements compared."), "agreement")
    given, _new = AgreementVote.objects.update_or_create(
        comparison=comparison,
        organisation=firm,
        defaults={"agreement": agreement, "person_id": acting.person.public_id},
    )
    trail(acting, "vote", comparison, after={"firm": str(firm.public_id)})
    return given


@transaction.atomic
def close_vote(*, acting: Acting, comparison: Comparison) -> Comparison:
    """Count the voices, record the decision, and make the agreement chosen that of the group.

    Once its last day has passed, or every member has voted. Raises GroupError without an agreement
    that has more than half of the voices given.
    """
    comparison = _mine(acting, comparison)
    if comparison.state != ComparisonState.OPEN or comparison.votes_until is None:
        raise GroupError(_("The vote is not open."))
    group = comparison.group
    count = voices(comparison)
    cast = count.total()
    electors = periods_of_members(group.network).count()
    if localdate() <= comparison.votes_until and cast < electors:
        raise GroupError(_("Members may still vote: close it after the last day."))
    if not cast:
        raise GroupError(_("Nobody voted."))
    chosen, most = count.most_common(1)[0]
    if most * 2 <= cast:
        raise GroupError(
            _("No agreement has more than half of the voices: put the question again.")
        )
    decision = record_decision(
        acting=acting,
        minutes=Minutes(
            title=(
                _("Collective agreement of the group: %(agreement)s")
                % {"agreement": agreement_in_words(chosen)}
            )[:200],
            minutes="\n".join(
                f"{agreement_in_words(code)}\u00a0: {count[code]}" for code in comparison.agreements
            ),
            taken_on=localdate(),
            votes_for=most,
            votes_against=cast - most,
            abstentions=max(electors - cast, 0),
        ),
    )
    comparison.state, comparison.chosen = ComparisonState.CLOSED, chosen
    comparison.decision = decision
    comparison.save(update_fields=["state", "chosen", "decision"])
    before, group.agreement = {"agreement": group.agreement}, chosen
    group.save(update_fields=["agreement"])
    trail(acting, "choose_agreement", group, before=before, after={"agreement": chosen})
    wind(group)
    return comparison


@transaction.atomic
def extend_vote(*, acting: Acting, comparison: Comparison, until: date) -> Comparison:
    """Leave a vote open longer."""
    comparison = _mine(acting, comparison)
    if comparison.state != ComparisonState.OPEN or comparison.votes_until is None:
        raise GroupError(_("The vote is not open."))
    if until < localdate():
        raise GroupError(_("Choose today or a later day."), "until")
    before = {"until": comparison.votes_until.isoformat()}
    comparison.votes_until = until
    comparison.save(update_fields=["votes_until"])
    trail(acting, "extend_vote", comparison, before=before, after={"until": until.isoformat()})
    return comparison


def voices(comparison: Comparison) -> Counter[str]:
    """Return how many of today's members chose each agreement, for who manages the group."""
    members = periods_of_members(comparison.group.network).values("membership__organisation")
    rows = AgreementVote.objects.filter(comparison=comparison, organisation__in=members)
    return Counter(rows.values_list("agreement", flat=True))


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One item of a post under each agreement, in the order of the comparison."""

    item: str
    by_agreement: tuple[tuple[str, ComparedCell | None], ...]

    @property
    def differs(self) -> bool:
        """Whether two agreements do not give the same."""
        return len({one.value for _code, one in self.by_agreement if one is not None}) > 1


def side_by_side(
    comparison: Comparison, cells: Iterable[ComparedCell]
) -> Mapping[str, list[ComparedRow]]:
    """Return the table of each post, for everybody who may read the comparison."""
    known = {(one.post, one.agreement, one.item): one for one in cells}
    return {
        post: [
            ComparedRow(
                str(item.label),
                tuple(
                    (code, known.get((post, code, item.value))) for code in comparison.agreements
                ),
            )
            for item in ComparedItem
        ]
        for post in comparison.posts
    }


def _locked(comparison: Comparison) -> Comparison:
    rows = Comparison.objects.select_for_update(of=("self",)).select_related("group__network")
    return rows.get(pk=comparison.pk)


def _mine(acting: Acting, comparison: Comparison) -> Comparison:
    group = fresh(acting, comparison.group)
    found = _locked(comparison)
    if found.group_id != group.pk:
        raise PermissionDenied
    found.group = group
    return found
