"""What billing does in the background: a month is issued, one invoice after the other."""

from datetime import date
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_scopes import scope

from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.actions import start_run
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.registry import Outcome, background
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import roles_held
from maillage.run.billing.issuing import Batch, issue_month
from maillage.run.billing.permissions import can_bill
from maillage.run.billing.refusals import BillingError

ISSUE: Final = "billing.issue"


def issue_later(*, acting: Acting, month: date) -> Run:
    """Start issuing a month in the background, one invoice after the other."""
    if acting.network is None or not can_bill(acting):
        raise PermissionDenied
    return start_run(
        kind=ISSUE,
        owner_id=acting.person.public_id,
        network_id=acting.network.public_id,
        arguments={"month": month.isoformat()},
    )


@background(
    ISSUE,
    title=_("Invoices of the month"),
    refusals=(BillingError,),
    again=True,
    kept=_("The invoices that were issued are there; start again for the rest."),
)
def issue_all(run: RunHandle, *, month: str) -> Outcome:
    """Issue what may be issued of a month; each invoice is kept as soon as it is there."""
    network = Network.objects.select_related("register").get(public_id=str(run.network_id))
    with scope(network=network, register=network.register):
        acting = _biller(UUID(str(run.owner_id)), network)
        batch = issue_month(acting=acting, month=date.fromisoformat(month), report=run.progress)
    return Outcome(
        summary=lambda: _summary(batch),
        data={
            "network": network.slug,
            "month": month,
            "refused": [[one.organisation.name, one.rule, one.why] for one in batch.refused],
        },
    )


def _summary(batch: Batch) -> str:
    issued, refused = len(batch.issued), len(batch.refused)
    words = ngettext("%(n)s invoice is issued.", "%(n)s invoices are issued.", issued)
    said = words % {"n": issued}
    if refused:
        more = ngettext("%(n)s is refused.", "%(n)s are refused.", refused)
        said = f"{said} {more % {'n': refused}}"
    return said


def _biller(owner_id: UUID, network: Network) -> Acting:
    person = Person.objects.get(public_id=owner_id)
    roles = roles_held(person)
    for role in roles:
        acting = Acting(person, roles, role)
        if role.network == network and can_bill(acting):
            return acting
    raise BillingError(str(_("Your role does not let you issue invoices.")))
