"""What people do about contacts: log one, choose a ceiling, ask to be left alone."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.actions import record
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact, ContactPolicy, QuietPeriod
from maillage.foundation.notify.pressure import Ceiling, FirmAddress, of_firm

TAKE_BACK: Final = timedelta(hours=24)
LONGEST_QUIET: Final = 366  # days


class ContactError(Exception):
    """A contact that cannot be logged or changed: a sentence for people says why."""


class PolicyError(Exception):
    """A choice about contacts that cannot be made: a sentence for people says why."""


@transaction.atomic
def log_contact(
    *,
    firm: FirmAddress,
    sender: Person,
    body_name: str,
    network_id: UUID | None,
    channel: ContactChannel,
    subject: str,
    at: datetime,
    counts: bool = True,
) -> Contact:
    """Write down a letter, a call or a visit that took place.

    It `counts` towards the ceiling unless the firm asked for it. What happened is written even
    over the ceiling: `pressure.pressure_of` says before whether it should. Raises ContactError for
    a moment still to come.
    """
    if at > now():
        raise ContactError(
            gettext("Log a contact once it has taken place: this day is still to come.")
        )
    contact = Contact.objects.create(
        firm_key=firm.firm_key,
        organisation_id=firm.organisation_id,
        network_id=network_id,
        body_name=body_name,
        person_id=sender.public_id,
        channel=ContactChannel(channel),
        subject=subject.strip(),
        counts=counts,
        at=at,
    )
    _record(sender.public_id, "log", contact, after={"channel": contact.channel, "counts": counts})
    return contact


def can_take_back(contact: Contact, person: Person) -> bool:
    """Whether a person may take back a line of the log: their own, by hand, of the last day."""
    return (
        contact.person_id == person.public_id
        and contact.channel != ContactChannel.MAIL
        and contact.logged_at > now() - TAKE_BACK
    )


@transaction.atomic
def take_back_contact(*, contact: Contact, person: Person) -> None:
    """Take back a contact logged by mistake; raises ContactError when it is too late."""
    if not can_take_back(contact, person):
        raise ContactError(gettext("Only who logged a contact can take it back, within a day."))
    _record(person.public_id, "take back", contact, before={"channel": contact.channel}, after={})
    contact.delete()


@transaction.atomic
def say_useful(*, firm: FirmAddress, public_id: UUID, useful: bool | None, actor_id: UUID) -> None:
    """Say whether a contact was useful to the firm, or that one no longer says.

    Raises ContactError when the firm knows no such contact.
    """
    contact = Contact.objects.filter(of_firm(firm), public_id=public_id).first()
    if contact is None:
        raise ContactError(gettext("This contact is no longer in the log."))
    before = contact.useful
    contact.useful = useful
    contact.save(update_fields=["useful"])
    _record(actor_id, "judge", contact, before={"useful": before}, after={"useful": useful})


@transaction.atomic
def set_policy(
    *,
    firm: FirmAddress,
    actor_id: UUID,
    network_id: UUID | None,
    ceiling: Ceiling | None,
    by_firm: bool,
    lead_name: str = "",
    lead_person_id: UUID | None = None,
) -> ContactPolicy:
    """Choose how often a firm may be contacted and who leads; no ceiling = the usual one.

    Raises PolicyError when somebody else wants to loosen what the firm itself chose.
    """
    policy, _new = ContactPolicy.objects.select_for_update(of=("self",)).get_or_create(
        firm_key=firm.firm_key
    )
    before = _policy_values(policy)
    wanted = (ceiling.contacts, ceiling.days) if ceiling else (None, None)
    if wanted != (policy.ceiling, policy.days):
        if policy.set_by_firm and not by_firm:
            raise PolicyError(
                gettext("%(firm)s chose itself how often it may be contacted: ask it to change it.")
                % {"firm": firm.name}
            )
        policy.ceiling, policy.days = wanted
        policy.set_by_firm = by_firm and ceiling is not None
    policy.lead_name, policy.lead_person_id = lead_name.strip(), lead_person_id
    policy.save(update_fields=["ceiling", "days", "set_by_firm", "lead_name", "lead_person_id"])
    record(
        actor_id=actor_id,
        act="set",
        subject_type="ContactPolicy",
        subject_id=firm.organisation_id,
        network_id=network_id,
        before=before,
        after=_policy_values(policy),
    )
    return policy


@transaction.atomic
def add_quiet_period(
    *,
    firm: FirmAddress,
    actor_id: UUID,
    network_id: UUID | None,
    starts_on: date,
    ends_on: date,
    reason: str = "",
) -> QuietPeriod:
    """Ask that a firm be left alone from a day to a day, both included.

    Raises PolicyError for days that end before they begin, or for more than a year.
    """
    if ends_on < starts_on:
        raise PolicyError(gettext("The last day comes before the first: swap them."))
    if (ends_on - starts_on).days > LONGEST_QUIET:
        raise PolicyError(
            gettext("A quiet period lasts a year at most: choose an earlier last day.")
        )
    period = QuietPeriod.objects.create(
        firm_key=firm.firm_key, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()
    )
    record(
        actor_id=actor_id,
        act="add",
        subject_type="QuietPeriod",
        subject_id=period.public_id,
        network_id=network_id,
        after={"from": str(starts_on), "until": str(ends_on)},
    )
    return period


@transaction.atomic
def end_quiet_period(
    *, firm: FirmAddress, public_id: UUID, actor_id: UUID, network_id: UUID | None
) -> None:
    """Take a quiet period away; raises PolicyError when the firm has no such period."""
    period = QuietPeriod.objects.filter(firm_key__in=firm.keys, public_id=public_id).first()
    if period is None:
        raise PolicyError(gettext("This quiet period is already gone."))
    record(
        actor_id=actor_id,
        act="remove",
        subject_type="QuietPeriod",
        subject_id=period.public_id,
        network_id=network_id,
        before={"from": str(period.starts_on), "until": str(period.ends_on)},
    )
    period.delete()


def _policy_values(policy: ContactPolicy) -> dict[str, object]:
    return {"ceiling": policy.ceiling, "days": policy.days, "lead": policy.lead_name}


def _record(
    actor_id: UUID,
    act: str,
    contact: Contact,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object],
) -> None:
    record(
        actor_id=actor_id,
        act=act,
        subject_type="Contact",
        subject_id=contact.public_id,
        network_id=contact.network_id,
        before=before,
        after=after,
    )
