"""The register of competitors: named by firms, recorded by the animator, suggested by the trade."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.enums import CompetitionSource
from maillage.foundation.visibility.models import Competition, CompetitorClaim
from maillage.foundation.visibility.neighbours import likely_competitors
from maillage.foundation.visibility.queries import SHIELDING
from maillage.foundation.visibility.refusals import CompetitionError
from maillage.foundation.vocabularies.folding import plain


@transaction.atomic
def name_competitor(
    *, acting: Acting, firm: Organisation, name: str, commune: str
) -> CompetitorClaim:
    """A firm names a competitor by its name and commune; raises CompetitionError.

    When one organisation of the network bears this name there, both are strangers to each other at
    once; otherwise the animator is left to say who is meant. The firm is told the same thing in
    both cases, so that nobody learns who is in the register by naming competitors.
    """
    name, commune = " ".join(name.split()), " ".join(commune.split())
    if not name or not commune:
        raise CompetitionError(_("Give the name and the commune of this competitor."), "name")
    if plain(name) == plain(firm.name):
        raise CompetitionError(_("A firm does not compete with itself."), "name")
    claim = CompetitorClaim.objects.create(organisation=firm, name=name, commune=commune)
    meant = list(
        Organisation.objects.filter(
            memberships__network=acting.network,
            folded_name=plain(name),
            sites__is_main=True,
            sites__commune__iexact=commune,
        ).exclude(pk=firm.pk)[:2]
    )
    if len(meant) == 1:
        settle_claim(acting=acting, claim=claim, other=meant[0])
    _record(acting, firm, "name competitor", {"claim": str(claim.public_id)})
    return claim


@transaction.atomic
def settle_claim(*, acting: Acting, claim: CompetitorClaim, other: Organisation) -> Competition:
    """Say which organisation a firm meant; from now on both are strangers to each other."""
    pair = shield(
        acting=acting,
        one=claim.organisation,
        other=other,
        source=CompetitionSource.DECLARED,
        declared_by_firm=claim.organisation,
    )
    claim.competition = pair
    claim.settled_at = now()
    claim.save(update_fields=["competition", "settled_at"])
    return pair


@transaction.atomic
def set_claim_aside(*, acting: Acting, claim: CompetitorClaim) -> None:
    """Say that nobody in the network is meant; the firm keeps what it typed."""
    claim.settled_at = now()
    claim.save(update_fields=["settled_at"])
    _record(acting, claim.organisation, "set claim aside", {"claim": str(claim.public_id)})


@transaction.atomic
def withdraw_claim(*, acting: Acting, claim: CompetitorClaim) -> None:
    """A firm no longer names a competitor; the pair ends unless the other side stands by it.

    Raises CompetitionError when it was withdrawn before.
    """
    changed = CompetitorClaim.objects.filter(pk=claim.pk, withdrawn_at=None).update(
        withdrawn_at=now()
    )
    if not changed:
        raise CompetitionError(_("You had withdrawn this already."))
    pair = claim.competition
    if pair is not None and pair.source == CompetitionSource.DECLARED:
        stands = pair.claims.filter(withdrawn_at=None).exclude(pk=claim.pk).exists()
        if not stands:
            end_competition(acting=acting, competition=pair)
    _record(acting, claim.organisation, "withdraw claim", {"claim": str(claim.public_id)})


@transaction.atomic
def shield(
    *,
    acting: Acting,
    one: Organisation,
    other: Organisation,
    source: CompetitionSource,
    declared_by_firm: Organisation | None = None,
) -> Competition:
    """Record two competitors, or confirm a pair only suggested; raises CompetitionError."""
    if one.pk == other.pk:
        raise CompetitionError(_("A firm does not compete with itself."))
    first, second = sorted((one, other), key=lambda organisation: organisation.pk)
    pair, _created = Competition.objects.get_or_create(
        first=first,
        second=second,
        ended_at=None,
        defaults={
            "source": source,
            "declared_by_id": acting.person.public_id,
            "declared_by_firm": declared_by_firm,
            "confirmed_at": now(),
        },
    )
    if pair.confirmed_at is None or pair.dismissed_at is not None:
        pair.source, pair.declared_by_firm = source, declared_by_firm
        pair.confirmed_at, pair.dismissed_at = now(), None
        pair.save(update_fields=["source", "declared_by_firm", "confirmed_at", "dismissed_at"])
    _record(acting, first, "shield", {"other": str(second.public_id)})
    return pair


@transaction.atomic
def dismiss_suggestion(*, acting: Acting, competition: Competition) -> None:
    """Say that two firms do not compete; they are not suggested again. Raises CompetitionError."""
    changed = Competition.objects.filter(
        pk=competition.pk, confirmed_at=None, dismissed_at=None, ended_at=None
    ).update(dismissed_at=now())
    if not changed:
        raise CompetitionError(_("This suggestion has been answered already."))
    _record(acting, competition.first, "dismiss suggestion", {})


@transaction.atomic
def confirm_suggestion(*, acting: Acting, competition: Competition) -> None:
    """Say that two firms do compete: from now on they are strangers. Raises CompetitionError."""
    changed = Competition.objects.filter(
        pk=competition.pk, confirmed_at=None, dismissed_at=None, ended_at=None
    ).update(confirmed_at=now(), declared_by_id=acting.person.public_id)
    if not changed:
        raise CompetitionError(_("This suggestion has been answered already."))
    _record(acting, competition.first, "confirm suggestion", {})


@transaction.atomic
def end_competition(*, acting: Acting, competition: Competition) -> None:
    """End a pair: the two may know of each other again. Raises CompetitionError."""
    changed = Competition.objects.filter(SHIELDING, pk=competition.pk).update(ended_at=now())
    if not changed:
        raise CompetitionError(_("These two are no longer recorded as competitors."))
    competition.lifts.filter(ended_at=None).update(ended_at=now())
    _record(acting, competition.first, "end competition", {})


@transaction.atomic
def suggest_competitors(*, acting: Acting) -> int:
    """Suggest pairs of members of one trade that are near each other; return how many are new.

    Pairs that were recorded, dismissed or ended once are not suggested again.
    """
    if acting.network is None:
        raise CompetitionError(_("Open a network first."))
    pairs = likely_competitors(acting.network)
    known = set(
        Competition.objects.filter(first__memberships__network=acting.network).values_list(
            "first_id", "second_id"
        )
    )
    new = sorted(pairs - known)
    Competition.objects.bulk_create(
        Competition(
            first_id=first,
            second_id=second,
            source=CompetitionSource.SUGGESTED,
            declared_by_id=acting.person.public_id,
        )
        for first, second in new
    )
    return len(new)


def _record(acting: Acting, organisation: Organisation, act: str, after: dict[str, str]) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Organisation",
        subject_id=organisation.public_id,
        network_id=acting.network.public_id if acting.network else None,
        after=after,
    )
