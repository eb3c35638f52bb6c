"""Sending firms the link by which they sign: who would be written to, who not and why.

A link goes by a mail to a firm like any other: it keeps within the contacts that the firm accepts.
None is written to twice within some days, so that a second click or a run that begins again sends
nothing more. A new link replaces the one before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from maillage.bricks.agreements.links import make_link
from maillage.bricks.agreements.models import AgreementVersion, SigningLink
from maillage.bricks.agreements.refusals import AgreementError
from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.actions import record
from maillage.foundation.jobs.actions import start_run
from maillage.foundation.jobs.enums import ALIVE
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.models import Run
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import roles_held, usual_ceiling
from maillage.foundation.notify.pressure import Pressure, PressureError
from maillage.foundation.notify.rounds import pressures_of
from maillage.foundation.notify.sending import SendingError, send_to_firm
from maillage.foundation.organisations.addressing import firm_address, firm_addresses
from maillage.foundation.organisations.models import Organisation
from maillage.launch.charter.queries import CHARTER, charter_of, who_must_sign

SEND: Final = "charter.send"
RESPITE: Final = timedelta(days=5)
PATH: Final = "/c/"


@dataclass(frozen=True, slots=True)
class Planned:
    """A member that has yet to sign; `why_not` is empty when it would be written to."""

    organisation: Organisation
    signed: int | None
    why_not: str


@dataclass(slots=True)
class Sent:
    """What became of a round: firms written to, firms left alone."""

    written: int = 0
    left: int = 0


def link_path(token: str) -> str:
    """Return the path of the page where a link leads."""
    return f"{PATH}{token}/"


def plan_of(network: Network, among: Any = None) -> list[Planned]:
    """Return the members that have yet to sign, for who follows signatures.

    `among` are the organisations that they may know of. Seven queries, whatever their number.
    """
    due = who_must_sign(network, among)
    ids = [one.organisation.pk for one in due]
    addresses = firm_addresses(ids)
    pressures = pressures_of(addresses.values(), usual=usual_ceiling(network))
    written = _just_written(network)
    return [
        Planned(
            one.organisation,
            one.signed,
            _why_not(
                just_written=one.organisation.pk in written,
                email=addresses[one.organisation.pk].email,
                pressure=pressures[one.organisation.public_id],
            ),
        )
        for one in due
    ]


def _just_written(network: Network) -> frozenset[int]:
    links = SigningLink.objects.filter(
        version__agreement__network=network,
        version__agreement__kind=CHARTER,
        made_at__gt=now() - RESPITE,
        voided_at=None,
    )
    return frozenset(links.order_by().values_list("organisation", flat=True))


def _why_not(*, just_written: bool, email: str, pressure: Pressure) -> str:
    if just_written:
        return _("It was written to less than %(days)s days ago.") % {"days": RESPITE.days}
    if not email:
        return _("It has no e-mail address: have the paper signed, then keep its scan.")
    return pressure.sentence() if pressure.is_blocked else ""


def alive_round(network: Network) -> Run | None:
    """Return the round of links that waits or is in progress for a network, if any."""
    return Run.objects.filter(kind=SEND, state__in=ALIVE, network_id=network.public_id).first()


@transaction.atomic
def start_round(*, acting: Acting) -> Run:
    """Start writing to the members that have yet to sign; returns the round that is under way.

    Raises AgreementError.
    """
    network = acting.network
    if network is None or not acting.can("manage_charter"):
        raise AgreementError(_("Your role does not let you write to these firms."))
    locked = Network.objects.select_for_update().get(pk=network.pk)
    if (run := alive_round(locked)) is not None:
        return run
    if not any(not one.why_not for one in plan_of(network)):
        raise AgreementError(_("There is no firm to write to today."))
    return start_run(
        kind=SEND,
        owner_id=acting.person.public_id,
        network_id=network.public_id,
        title=lambda: _("Links to sign the charter"),
    )


def write_round(*, network: Network, owner_id: UUID, run: RunHandle) -> Sent:
    """Write to the members that have yet to sign, one at a time; each is judged again just before.

    Raises AgreementError when whoever started it may no longer write to firms.
    """
    acting = _sender(owner_id, network)
    firms = [one.organisation for one in plan_of(network) if not one.why_not]
    sent = Sent()
    for done, firm in enumerate(firms):
        run.progress(done, len(firms), lambda: _("Writing to the firms."))
        if _write(acting, network, firm, run):
            sent.written += 1
        else:
            sent.left += 1
    run.progress(len(firms), len(firms))
    return sent


def _write(acting: Acting, network: Network, firm: Organisation, run: RunHandle) -> bool:
    """Write to one firm; False when it signed or was written to meanwhile, or may not be."""
    with transaction.atomic():
        run.hold()
        alone = Organisation.objects.filter(pk=firm.pk)
        due = {one.organisation.pk for one in who_must_sign(network, alone)}
        version = charter_of(network)
        if version is None or firm.pk not in due or firm.pk in _just_written(network):
            return False
        try:
            with transaction.atomic():
                send_link(acting=acting, version=version, organisation=firm)
        except (AgreementError, PressureError, SendingError):
            return False  # the page of signatures says why, firm by firm
    return True


@transaction.atomic
def send_link(*, acting: Acting, version: AgreementVersion, organisation: Organisation) -> str:
    """Send a firm the link by which it signs, which replaces any before; return its token.

    Raises AgreementError, PressureError, SendingError.
    """
    network = acting.network
    if network is None or not acting.can("manage_charter"):
        raise AgreementError(_("Your role does not let you write to these firms."))
    link, token = make_link(version=version, organisation=organisation)
    with override(settings.LANGUAGE_CODE):  # what firms read comes in the site's own language
        send_to_firm(
            firm=firm_address(organisation.pk),
            sender=acting.person,
            body_name=acting.body_name,
            network_id=network.public_id,
            subject=_("To sign: %(title)s") % {"title": version.agreement.title},
            text=_text(network, link),
            path=link_path(token),
            usual=usual_ceiling(network),
        )
    record(
        actor_id=acting.person.public_id,
        act="send link",
        subject_type="SigningLink",
        subject_id=link.public_id,
        network_id=network.public_id,
        after={"organisation": str(organisation.public_id), "version": version.number},
    )
    return token


def _text(network: Network, link: SigningLink) -> str:
    words = {
        "network": network.name,
        "title": link.version.agreement.title,
        "number": link.version.number,
        "day": date_format(localdate(link.expires_at), "DATE_FORMAT"),
    }
    first = _(
        "“%(title)s”, version %(number)s, of %(network)s waits for the signature of your firm."
        " This link shows the text and lets you sign it, on a telephone or a computer, without"
        " an account."
    )
    last = _(
        "It works until %(day)s, once, and on the device that opens it first. Keep it for your"
        " firm."
    )
    return f"{first % words}\n\n{last % words}"


def _sender(owner_id: UUID, network: Network) -> Acting:
    person = Person.objects.get(public_id=owner_id)
    roles = roles_held(person)
    for role in roles:
        if role.network == network and "manage_charter" in role.permissions:
            return Acting(person, roles, role)
    raise AgreementError(_("Your role does not let you write to these firms."))


def counted(plan: Iterable[Planned]) -> tuple[int, int]:
    """Return how many firms would be written to, and how many not."""
    every = list(plan)
    written = sum(not one.why_not for one in every)
    return written, len(every) - written
