"""Each of the two firms of a match says yes or no, without knowing what the other says.

When both have said yes they are introduced. A no is kept, and told to nobody but the animator.
"""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.actions.introductions import introduce
from maillage.foundation.visibility.queries import own_organisations, rivals_of
from maillage.launch.needs.enums import MatchState
from maillage.launch.needs.matching_queries import answerable, matches_of, said_by, sides
from maillage.launch.needs.matching_telling import tell_firms
from maillage.launch.needs.models import Match, Need
from maillage.launch.needs.permissions import can_answer_match


class MatchError(Exception):
    """An answer that cannot be kept: a sentence says why."""


@transaction.atomic
def answer_match(*, acting: Acting, match: Match, yes: bool) -> Match:
    """Say yes or no for the firm of the role in use; raises MatchError.

    The second yes introduces the two firms to each other, and both are told.
    """
    kept, own, other = _locked(acting, match)
    _refuse(acting, kept, own, other)
    _say(kept, own, said=yes)
    _trail(acting, "accept" if yes else "decline", kept)
    if kept.state == MatchState.BOTH:
        _introduce(acting, own.organisation, other.organisation)
    return kept


@transaction.atomic
def take_back_answer(*, acting: Acting, match: Match) -> Match:
    """Take back what one's firm said, as long as the two are not introduced; raises MatchError."""
    kept, own, _other = _locked(acting, match)
    if kept.state == MatchState.BOTH:
        raise MatchError(gettext("You both said yes and know each other now."))
    if said_by(kept, own)[0] is not None:
        _say(kept, own, said=None)
        _trail(acting, "take back", kept)
    return kept


def _locked(acting: Acting, match: Match) -> tuple[Match, Need, Need]:
    firm = acting.firm
    if firm is None or acting.network is None or not can_answer_match(acting, match):
        raise PermissionDenied
    kept = matches_of(acting.network).select_for_update(of=("self",)).filter(pk=match.pk).first()
    if kept is None:  # found anew meanwhile, it is proposed no more
        raise MatchError(_closed())
    return (kept, *sides(kept, firm.pk))


def _closed() -> str:
    return gettext("This proposal is closed: it can no longer be answered.")


def _refuse(acting: Acting, match: Match, own: Need, other: Need) -> None:
    mine, theirs = said_by(match, own)
    if match.state == MatchState.BOTH:
        raise MatchError(gettext("You both said yes and know each other now."))
    if mine is not None:
        raise MatchError(
            gettext("You have already said yes: the other firm answers in its own time.")
            if mine
            else gettext("You have already said no. Take it back first.")
        )
    rivals = rivals_of(own_organisations(acting) | {own.organisation_id})
    still = answerable(match.network, (own, other))
    if own.pk not in still:
        raise MatchError(gettext("What you stated is closed, or is no longer proposed to others."))
    if theirs is False or other.pk not in still or other.organisation_id in rivals:
        raise MatchError(_closed())


def _say(match: Match, own: Need, *, said: bool | None) -> None:
    moment = None if said is None else now()
    if own.pk == match.need_id:
        match.need_said, match.need_said_at = said, moment
    else:
        match.offer_said, match.offer_said_at = said, moment
    match.state = state_of((match.need_said, match.offer_said))
    said_fields = ("need_said", "need_said_at", "offer_said", "offer_said_at")
    match.save(update_fields=[*said_fields, "state"])


def state_of(said: tuple[bool | None, bool | None]) -> MatchState:
    """Return the state of a match of which the two firms said this."""
    if False in said:
        return MatchState.DECLINED
    return (MatchState.PROPOSED, MatchState.ONE, MatchState.BOTH)[said.count(True)]


def _introduce(acting: Acting, own: Organisation, other: Organisation) -> None:
    network = acting.network
    assert network is not None  # noqa: S101 -- whoever answers acts in a network
    reason = gettext("A need of one and an offer of the other fit: both said yes.")
    introduce(acting=acting, asking=other, asked=own, reason=reason)
    for told, named in ((own, other), (other, own)):
        tell_firms(
            network,
            [told.pk],
            partial(_met, named.name),
            about_id=named.public_id,
            mail=True,
            but=acting.person,
        )


def _met(name: str) -> str:
    return gettext("You and %(firm)s both said yes: you may now talk.") % {"firm": name}


def _trail(acting: Acting, act: str, match: Match) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Match",
        subject_id=match.public_id,
        network_id=match.network.public_id,
        after={"state": match.state},
    )
