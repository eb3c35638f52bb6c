"""Firms are reminded of what is late, by one letter for all of it, as often as they accept."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.formats import date_format, number_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import usual_ceiling
from maillage.foundation.notify.pressure import PressureError
from maillage.foundation.notify.sending import SendingError, send_to_firm
from maillage.foundation.organisations.addressing import firm_address
from maillage.foundation.organisations.models import Organisation
from maillage.run.payments.late import Late, late_of, rates_of
from maillage.run.payments.models import Reminder
from maillage.run.payments.permissions import collecting_network
from maillage.run.payments.queries import ZERO, Owed, late_in
from maillage.run.payments.refusals import PaymentsError

BETWEEN: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ToRemind:
    """A firm that is late: its invoices, oldest first, and when it was last reminded."""

    organisation: Organisation
    owed: tuple[Owed, ...]
    reminded_on: date | None

    @property
    def total(self) -> Decimal:
        """What is late, without interest."""
        return sum((one.amount for one in self.owed), ZERO)

    def is_due(self, day: date) -> bool:
        """Whether enough days went by since the last reminder."""
        return self.reminded_on is None or self.reminded_on + BETWEEN <= day


def to_remind(network: Network, day: date | None = None) -> list[ToRemind]:
    """Return the firms that are late, the largest sum first, for whoever bills.

    What is being debited is ours to take: nobody is reminded of it.
    """
    today = day or localdate()
    firms: dict[int, list[Owed]] = {}
    for owed in late_in(network, today):
        if owed.debit is None:
            firms.setdefault(owed.invoice.organisation_id, []).append(owed)
    last = dict(
        Reminder.objects.filter(network=network, organisation__in=firms)
        .order_by()
        .values_list("organisation")
        .annotate(last=Max("on"))
    )
    found = [
        ToRemind(owed[0].invoice.organisation, tuple(owed), last.get(key))
        for key, owed in firms.items()
    ]
    return sorted(found, key=lambda one: (-one.total, one.organisation.folded_name))


@transaction.atomic
def remind(*, acting: Acting, organisation: Organisation, day: date | None = None) -> Reminder:
    """Write to a firm what is late, with the interest and the fee of the law, and keep it.

    Raises PaymentsError: nothing is late, it was reminded this week, or it accepts no more letters.
    """
    network = collecting_network(acting)
    today = day or localdate()
    found = [one for one in to_remind(network, today) if one.organisation == organisation]
    if not found:
        raise PaymentsError(_("Nothing of this firm is late, or it is being debited."))
    (one,) = found
    if not one.is_due(today):
        raise PaymentsError(
            _("This firm was reminded on %(day)s: wait seven days.")
            % {"day": date_format(one.reminded_on or today, "DATE_FORMAT")}
        )
    rates = rates_of(network)
    late = [(owed, late_of(owed, today, rates)) for owed in one.owed]
    try:
        with transaction.atomic():
            made = Reminder.objects.create(
                network=network,
                organisation=organisation,
                on=today,
                claims=[_claim(owed, extra) for owed, extra in late],
                sent_by_id=acting.person.public_id,
            )
    except IntegrityError as error:
        raise PaymentsError(_("Somebody else has just written to this firm.")) from error
    _mail(acting, network, organisation, late)
    record(
        actor_id=acting.person.public_id,
        act="remind",
        subject_type="Reminder",
        subject_id=made.public_id,
        network_id=network.public_id,
        after={"late": str(one.total)},
    )
    return made


def _claim(owed: Owed, late: Late) -> dict[str, str | int]:
    return {
        "number": owed.invoice.number,
        "owed": str(owed.amount),
        "days": late.days,
        "interest": str(late.interest),
        "fee": str(late.fee),
    }


def _mail(
    acting: Acting, network: Network, organisation: Organisation, late: list[tuple[Owed, Late]]
) -> None:
    """Write to a firm, in its log of contacts. Raises PaymentsError."""
    with override(settings.LANGUAGE_CODE):
        due = sum((owed.amount + extra.total for owed, extra in late), ZERO)
        words = {
            "network": network.name,
            "invoices": "\n".join(_line(owed, extra) for owed, extra in late),
            "total": number_format(due, 2),
        }
        subject = _("Invoices of %(network)s that are late") % words
        text = (
            _(
                "We have not received these payments yet:\n\n%(invoices)s\n\nWith the interest"
                " and the fee that the law adds, that makes %(total)s euros today. If you have"
                " just paid, or if something is wrong, answer this message."
            )
            % words
        )
    try:
        send_to_firm(
            firm=firm_address(organisation.pk),
            sender=acting.person,
            body_name=acting.body_name,
            network_id=network.public_id,
            subject=subject,
            text=text,
            usual=usual_ceiling(network),
        )
    except (PressureError, SendingError) as error:
        raise PaymentsError(str(error)) from error


def _line(owed: Owed, late: Late) -> str:
    return _(
        "%(number)s, due on %(day)s: %(owed)s euros; interest %(interest)s, fee %(fee)s (%(law)s)"
    ) % {
        "number": owed.invoice.number,
        "day": date_format(owed.invoice.due_on, "DATE_FORMAT"),
        "owed": number_format(owed.amount, 2),
        "interest": number_format(late.interest, 2),
        "fee": number_format(late.fee, 2),
        "law": late.article,
    }
