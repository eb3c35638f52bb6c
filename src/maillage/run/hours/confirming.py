"""A firm confirms its hours by one tap, disputes one, or is silent long enough."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_scopes import scopes_disabled

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import usual_ceiling
from maillage.foundation.notify import bearer
from maillage.foundation.notify.pressure import PressureError
from maillage.foundation.notify.sending import SendingError, send_to_firm
from maillage.foundation.organisations.addressing import firm_address
from maillage.foundation.organisations.models import Organisation
from maillage.run.hours.declaring import Told, note_entry
from maillage.run.hours.enums import SIGNED, EntryState, Voice
from maillage.run.hours.models import FirmMonth, HourEntry, HourWord
from maillage.run.hours.permissions import can_confirm_hours_of, can_keep_hours
from maillage.run.hours.prefilling import bounds_of, prefill
from maillage.run.hours.queries import entries_of, is_closed, rules_of
from maillage.run.hours.refusals import ChangedSinceError, HoursError

SALT: Final = "maillage.hours"
PATH: Final = "/h/"
LONGEST_COUNT: Final = 32_767
LONGEST_WORDS: Final = 500


def month_path(sent: FirmMonth) -> str:
    """Return the path of the page where a firm confirms a month, without an account."""
    return f"{PATH}{bearer.token_of(sent.public_id, salt=SALT, kind=_kind(sent))}/"


def month_of_link(token: str) -> FirmMonth | None:
    """Return the month that a token opens, in no open network; None when it opens nothing."""
    public_id = bearer.identity_in(token)
    if public_id is None:
        return None
    with scopes_disabled():
        found = (
            FirmMonth.objects.filter(public_id=public_id, network__closed_on=None)
            .select_related("network__register", "organisation")
            .first()
        )
    if found is None or not bearer.is_proved(token, public_id, salt=SALT, kind=_kind(found)):
        return None
    return found


def hours_to_show(sent: FirmMonth) -> list[HourEntry]:
    """Return the hours of a firm's month, for that firm."""
    rows = entries_of(sent.network, sent.month).filter(organisation=sent.organisation_id)
    return list(rows.prefetch_related("words"))


def fingerprint(entries: Iterable[HourEntry]) -> str:
    """Return what tells whether hours changed since they were shown."""
    said = "|".join(
        f"{one.public_id} {one.kind} {one.day} {one.start_minute} {one.end_minute} "
        f"{one.break_minutes} {one.billed_minutes}"
        for one in sorted(entries, key=lambda one: one.public_id)
    )
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@transaction.atomic
def send_month(*, acting: Acting, organisation: Organisation, month: date) -> tuple[FirmMonth, str]:
    """Send a firm its hours of a month to confirm, once more if need be.

    Silence approves after the days that the network chose, counted from the first sending. Return
    the month and why it was not mailed, "" when it was. Raises HoursError.
    """
    network = _kept_network(acting)
    first, _last = bounds_of(month)
    if is_closed(network, first):
        raise HoursError(_("This month is closed."))
    prefill(network, first)
    rows = entries_of(network, first).filter(organisation=organisation)
    if not rows.exclude(state__in=SIGNED).exists():
        raise HoursError(_("This firm has nothing to confirm for this month."))
    sent, _new = FirmMonth.objects.get_or_create(
        network=network, organisation=organisation, month=first
    )
    if sent.sent_at is None:
        sent.tacit_on = localdate() + timedelta(days=rules_of(network).tacit_days)
    sent.sent_at = now()
    sent.save(update_fields=["sent_at", "tacit_on"])
    _note_month("send", sent, acting, {"tacit_on": str(sent.tacit_on)})
    return sent, _mail(acting, sent)


@transaction.atomic
def confirm_month(*, sent: FirmMonth, seen: str, by: str, acting: Acting | None = None) -> int:
    """Confirm every hour of a firm's month that is done and not disputed; return how many.

    `seen` is the fingerprint of what was shown. By its link, or by somebody of the firm signed
    in. Raises ChangedSinceError, HoursError.
    """
    _refuse_strangers(sent, acting)
    kept = FirmMonth.objects.select_for_update(of=("self",)).get(pk=sent.pk)
    if is_closed(kept.network, kept.month):
        raise HoursError(_("This month is closed."))
    entries = hours_to_show(kept)
    if fingerprint(entries) != seen:
        raise ChangedSinceError(
            _("Some hours changed since you opened this page: look at them again.")
        )
    name = " ".join(by.split())[:120]
    if not name:
        raise HoursError(_("Write your name: it is kept with what you confirm."), "by")
    done = [one for one in entries if _is_to_sign(one) and one.day <= localdate()]
    _sign(done, EntryState.CONFIRMED)
    kept.confirmed_at, kept.confirmed_by, kept.tacit = now(), name, False
    kept.save(update_fields=["confirmed_at", "confirmed_by", "tacit"])
    _note_month("confirm", kept, acting, {"entries": len(done)})
    return len(done)


@transaction.atomic
def dispute(
    *, sent: FirmMonth, entry: HourEntry, words: str, by: str, acting: Acting | None = None
) -> HourWord:
    """Say what is wrong with hours: nobody pays nor bills them before it is settled.

    Raises HoursError.
    """
    _refuse_strangers(sent, acting)
    kept = HourEntry.objects.select_for_update(of=("self",)).get(
        pk=entry.pk, organisation=sent.organisation_id, network=sent.network_id
    )
    if is_closed(kept.network, kept.day):
        raise HoursError(_("This month is closed."))
    if kept.state in SIGNED:
        raise HoursError(_("These hours are signed. Tell whoever runs the group what is wrong."))
    said = _word(kept, Voice.FIRM, by, words)
    before: dict[str, object] = {"state": str(kept.state)}
    kept.state = EntryState.DISPUTED
    kept.save(update_fields=["state"])
    note_entry("dispute", kept, acting, before)
    return said


@transaction.atomic
def settle(
    *,
    acting: Acting,
    entry: HourEntry,
    told: Told,
    words: str,
    agreed: bool = False,
    presence: bool = True,
) -> HourEntry:
    """Answer a dispute with the times that hold; `agreed` when the firm said yes to them.

    Without its yes the firm reads them again and confirms. `presence` False bills these times and
    leaves what the worker is paid as it was declared. Raises HoursError.
    """
    network = _kept_network(acting)
    kept = HourEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk, network=network)
    if kept.state != EntryState.DISPUTED:
        raise HoursError(_("Nothing is disputed here any more."))
    told.refuse_impossible()
    _word(kept, Voice.GROUP, acting.person.get_full_name(), words)
    before: dict[str, object] = {
        "start": kept.start_minute,
        "end": kept.end_minute,
        "billed": kept.billed_minutes,
        "state": str(kept.state),
    }
    if presence:
        kept.start_minute, kept.end_minute, kept.break_minutes = told.start, told.end, told.pause
    kept.billed_minutes = told.end - told.start - told.pause
    kept.state = EntryState.CONFIRMED if agreed else EntryState.DECLARED
    kept.settled_at = now()
    kept.save(
        update_fields=[
            "start_minute",
            "end_minute",
            "break_minutes",
            "billed_minutes",
            "state",
            "settled_at",
        ]
    )
    note_entry("settle", kept, acting, before)
    return kept


@transaction.atomic
def approve_by_silence(network: Network, today: date) -> int:
    """Approve what firms left unanswered past their day; return how many firms were silent.

    Hours that are disputed, or that come after `today`, wait.
    """
    silent = 0
    months = FirmMonth.objects.filter(network=network, tacit_on__lte=today, confirmed_at=None)
    for sent in months.select_for_update(of=("self",)):
        if is_closed(network, sent.month):
            continue
        done = [one for one in hours_to_show(sent) if _is_to_sign(one) and one.day <= today]
        if not done:
            continue
        _sign(done, EntryState.TACIT)
        sent.tacit = True
        sent.save(update_fields=["tacit"])
        _note_month("approve by silence", sent, None, {"entries": len(done)})
        silent += 1
    return silent


def _is_to_sign(entry: HourEntry) -> bool:
    return entry.state in {EntryState.PLANNED, EntryState.DECLARED}


def _sign(entries: Iterable[HourEntry], state: EntryState) -> None:
    HourEntry.objects.filter(pk__in=[one.pk for one in entries]).update(
        state=state, settled_at=now()
    )


def _word(entry: HourEntry, voice: Voice, author: str, words: str) -> HourWord:
    text = " ".join(words.split())[:LONGEST_WORDS]
    if not text:
        raise HoursError(_("Say in a few words what is wrong."), "words")
    return HourWord.objects.create(entry=entry, voice=voice, author=author[:120], text=text)


def _mail(acting: Acting, sent: FirmMonth) -> str:
    """Write to the firm; return why nobody was written to, "" when somebody was."""
    with override(settings.LANGUAGE_CODE):
        words = {
            "network": sent.network.name,
            "month": date_format(sent.month, "F Y"),
            "day": date_format(sent.tacit_on or localdate(), "DATE_FORMAT"),
        }
        subject = _("Your hours of %(month)s, to confirm") % words
        text = (
            _(
                "The hours of %(month)s with %(network)s are there. Read them and confirm them"
                " by one tap, without an account, or say what is wrong. Without an answer they"
                " hold from %(day)s on."
            )
            % words
        )
    try:
        with transaction.atomic():
            send_to_firm(
                firm=firm_address(sent.organisation_id),
                sender=acting.person,
                body_name=acting.body_name,
                network_id=sent.network.public_id,
                subject=subject,
                text=text,
                path=month_path(sent),
                usual=usual_ceiling(sent.network),
            )
    except (PressureError, SendingError) as error:
        return str(error)
    return ""


def _note_month(act: str, sent: FirmMonth, acting: Acting | None, after: dict[str, object]) -> None:
    record(
        actor_id=acting.person.public_id if acting is not None else None,
        act=act,
        subject_type="FirmMonth",
        subject_id=sent.public_id,
        network_id=sent.network.public_id,
        after=after,
    )


def _refuse_strangers(sent: FirmMonth, acting: Acting | None) -> None:
    if acting is None:
        return
    if acting.network != sent.network or not (
        can_keep_hours(acting) or can_confirm_hours_of(acting, sent.organisation)
    ):
        raise PermissionDenied


def _kept_network(acting: Acting) -> Network:
    if acting.network is None or not can_keep_hours(acting):
        raise PermissionDenied
    return acting.network


def _kind(sent: FirmMonth) -> str:
    return f"hours {sent.link}"
