"""Members enter, leave, return and change place: dated, easy, never two places at once."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import locked, network_where, trail
from maillage.foundation.networks.actions.settling import settle
from maillage.foundation.networks.actions.telling import tell_firm
from maillage.foundation.networks.enums import Tier
from maillage.foundation.networks.models import Membership, MembershipPeriod, Network
from maillage.foundation.networks.refusals import MembershipError

A_DAY = timedelta(days=1)
AHEAD = timedelta(days=366)
EARLIEST = date(1901, 7, 1)  # before the law on associations, a date is a slip of the finger


@transaction.atomic
def enter(
    *, acting: Acting, membership: Membership, tier: str, starts_on: date
) -> MembershipPeriod:
    """Let an organisation of the directory become a member, for the first time."""
    network = network_where(acting, "manage_members")
    periods = _periods(network, membership)
    if periods:
        _refuse_present(periods[-1])
        raise MembershipError(_("It has been a member before: record its return instead."))
    return _begin(acting, network, membership, "enter", tier, starts_on)


@transaction.atomic
def come_back(
    *, acting: Acting, membership: Membership, tier: str, starts_on: date
) -> MembershipPeriod:
    """Let an organisation that left become a member again."""
    network = network_where(acting, "manage_members")
    periods = _periods(network, membership)
    if not periods:
        raise MembershipError(_("It has never been a member: record its entry instead."))
    _refuse_present(periods[-1])
    left_on = periods[-1].ends_on
    if left_on is not None and starts_on <= left_on:
        raise MembershipError(
            _("It was a member until %(day)s: it can return from the next day on.")
            % {"day": date_format(left_on)},
            "starts_on",
        )
    return _begin(acting, network, membership, "come_back", tier, starts_on)


@transaction.atomic
def leave(
    *, acting: Acting, membership: Membership, last_day: date, reason: str = ""
) -> MembershipPeriod:
    """End a membership after `last_day`; a firm may leave by itself, without giving a reason."""
    network = _network_of_leaver(acting, membership)
    last = _last_period(network, membership)
    if last.ends_on is not None:
        raise MembershipError(
            _("It is no longer a member after %(day)s.") % {"day": date_format(last.ends_on)}
        )
    if last_day < last.starts_on:
        raise MembershipError(
            _("It is in this place since %(day)s only: choose that day or a later one.")
            % {"day": date_format(last.starts_on)},
            "last_day",
        )
    _refuse_odd_day(last_day, "last_day")
    if not acting.can("manage_members") and last_day < localdate():
        raise MembershipError(_("Choose today or a later day."), "last_day")
    last.ends_on = last_day
    last.exit_reason = reason.strip()
    last.save(update_fields=["ends_on", "exit_reason"])
    trail(acting, "leave", membership, before={"ends_on": None}, after=_as_values(last))
    settle(acting, locked(network))
    tell_firm(
        acting,
        membership,
        lambda: _("%(network)s: you are a member until %(day)s") % _words(network, last_day),
    )
    return last


@transaction.atomic
def stay(*, acting: Acting, membership: Membership) -> MembershipPeriod:
    """Take an exit back: the membership goes on as if it had not been ended.

    A firm may change its own mind until its last day; after that, somebody who manages members
    records its return.
    """
    network = _network_of_leaver(acting, membership)
    last = _last_period(network, membership)
    if last.ends_on is None:
        return last
    if not acting.can("manage_members") and last.ends_on < localdate():
        raise MembershipError(_("The last day has passed: ask the animator to record the return."))
    before = _as_values(last)
    last.ends_on, last.exit_reason = None, ""
    last.save(update_fields=["ends_on", "exit_reason"])
    trail(acting, "stay", membership, before=before, after=_as_values(last))
    settle(acting, locked(network))
    return last


@transaction.atomic
def change_tier(
    *, acting: Acting, membership: Membership, tier: str, starts_on: date
) -> MembershipPeriod:
    """Give a member another place from a day on; the days before keep the place they had."""
    network = network_where(acting, "manage_members")
    last = _last_period(network, membership)
    _check_tier(tier)
    _refuse_odd_day(starts_on, "starts_on")
    if last.ends_on is not None:
        raise MembershipError(
            _("It is no longer a member after %(day)s.") % {"day": date_format(last.ends_on)}
        )
    if tier == last.tier:
        raise MembershipError(_("It is already in this place."), "tier")
    if starts_on < last.starts_on:
        raise MembershipError(
            _("It is in this place since %(day)s only: choose that day or a later one.")
            % {"day": date_format(last.starts_on)},
            "starts_on",
        )
    before = _as_values(last)
    now_on = _replaced(membership, last, tier, starts_on)
    trail(acting, "change_tier", membership, before=before, after=_as_values(now_on))
    settle(acting, locked(network))
    return now_on


@transaction.atomic
def take_entry_back(*, acting: Acting, membership: Membership) -> None:
    """Erase an entry, or a return, that was recorded by mistake; the trail keeps it."""
    network = network_where(acting, "manage_members")
    periods = _periods(network, membership)
    if not periods or periods[-1].ends_on is not None:
        raise MembershipError(_("There is no entry to take back."))
    last = periods[-1]
    if len(periods) > 1 and periods[-2].ends_on == last.starts_on - A_DAY:
        raise MembershipError(_("This was a change of place: record another one instead."))
    before = _as_values(last)
    last.delete()
    trail(acting, "take_entry_back", membership, before=before)
    settle(acting, locked(network))


def _begin(
    acting: Acting,
    network: Network,
    membership: Membership,
    act: str,
    tier: str,
    starts_on: date,
) -> MembershipPeriod:
    _check_tier(tier)
    _refuse_odd_day(starts_on, "starts_on")
    period = MembershipPeriod.objects.create(membership=membership, tier=tier, starts_on=starts_on)
    trail(acting, act, membership, after=_as_values(period))
    settle(acting, locked(network))
    tell_firm(
        acting,
        membership,
        lambda: _("%(network)s: you are a member from %(day)s on") % _words(network, starts_on),
    )
    return period


def _replaced(
    membership: Membership, last: MembershipPeriod, tier: str, starts_on: date
) -> MembershipPeriod:
    """Return the period that goes on in the new place; one that never lasted a day disappears."""
    if starts_on > last.starts_on:
        last.ends_on = starts_on - A_DAY
        last.save(update_fields=["ends_on"])
        return MembershipPeriod.objects.create(
            membership=membership, tier=tier, starts_on=starts_on
        )
    previous = MembershipPeriod.objects.filter(
        membership=membership, tier=tier, ends_on=starts_on - A_DAY
    ).first()
    if previous is None:
        last.tier = tier
        last.save(update_fields=["tier"])
        return last
    last.delete()
    previous.ends_on, previous.exit_reason = None, ""
    previous.save(update_fields=["ends_on", "exit_reason"])
    return previous


def _periods(network: Network, membership: Membership) -> list[MembershipPeriod]:
    """Return the periods of a membership in order, and make other acts on it wait."""
    held = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk, network=network)
    return list(MembershipPeriod.objects.filter(membership=held).order_by("starts_on", "id"))


def _last_period(network: Network, membership: Membership) -> MembershipPeriod:
    periods = _periods(network, membership)
    if not periods:
        raise MembershipError(_("It is not a member."))
    return periods[-1]


def _network_of_leaver(acting: Acting, membership: Membership) -> Network:
    own = acting.firm is not None and acting.firm.pk == membership.organisation_id
    if not acting.can("manage_members") and not (own and acting.can("edit_own_firm")):
        raise PermissionDenied
    return network_where(acting, "see_network")


def _refuse_present(last: MembershipPeriod) -> None:
    if last.ends_on is None:
        raise MembershipError(
            _("It is already a member, since %(day)s.") % {"day": date_format(last.starts_on)}
        )


def _refuse_odd_day(day: date, field: str) -> None:
    if day < EARLIEST or day > localdate() + AHEAD:
        raise MembershipError(
            _("Check the year: a membership is dated from the past to a year ahead at most."), field
        )


def _check_tier(tier: str) -> None:
    if tier not in Tier.values:
        raise MembershipError(_("Choose core, periphery or observer."), "tier")


def _as_values(period: MembershipPeriod) -> dict[str, str | None]:
    return {
        "tier": period.tier,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat() if period.ends_on else None,
        "exit_reason": period.exit_reason,
    }


def _words(network: Network, day: date) -> dict[str, str]:
    return {"network": network.name, "day": date_format(day)}
