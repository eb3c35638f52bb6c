"""Who bills, and the prices that a board decides."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from stdnum.eu import vat
from stdnum.fr import siren, siret

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.run.billing.files.paying import is_creditor, is_iban
from maillage.run.billing.models import BillingProfile, InvoiceLine, PriceRule
from maillage.run.billing.permissions import can_bill
from maillage.run.billing.pricing.terms import TermsError, read_terms
from maillage.run.billing.refusals import BillingError

LONGEST_PREFIX = 6


@transaction.atomic
def set_profile(*, acting: Acting, words: Mapping[str, Any]) -> BillingProfile:
    """Say who bills and how it is paid: the fields of `BillingProfile`. Raises BillingError."""
    network = _network(acting)
    said = {
        name: "".join(value.split()) if isinstance(value, str) else value
        for name, value in words.items()
    }
    _refuse_wrong(said)
    kept, _new = BillingProfile.objects.update_or_create(network=network, defaults=said)
    _note(acting, "set profile", network, {"siren": kept.siren, "prefix": kept.prefix})
    return kept


@transaction.atomic
def decide_price(
    *, acting: Acting, since: date, terms: Mapping[str, Any], decision: str
) -> PriceRule:
    """Write down the price that a board decided, from a day on; the one before ends there.

    Raises BillingError: for terms that cannot be, without a decision, or for a day on which hours
    are billed already.
    """
    network = _network(acting)
    try:
        read_terms(since, terms)
    except TermsError as error:
        raise BillingError(str(error), error.field) from error
    reference = " ".join(decision.split())[:200]
    if not reference:
        raise BillingError(_("Say which decision of the board sets this price."), "decision")
    billed = InvoiceLine.objects.filter(
        invoice__network=network, sources__entry__day__gte=since, sources__taken_back=False
    )
    if billed.exists():
        raise BillingError(
            _("Hours since that day are billed already: choose a later day."), "since"
        )
    kept, _new = PriceRule.objects.update_or_create(
        network=network,
        since=since,
        defaults={
            "terms": dict(terms),
            "decision": reference,
            "recorded_by_id": acting.person.public_id,
        },
    )
    _note(acting, "decide price", network, {"since": since.isoformat(), "terms": dict(terms)})
    return kept


def _refuse_wrong(said: Mapping[str, Any]) -> None:
    if not siren.is_valid(said["siren"]):
        raise BillingError(_("This is no SIREN number."), "siren")
    if said["siret"] and not (
        siret.is_valid(said["siret"]) and said["siret"].startswith(said["siren"])
    ):
        raise BillingError(_("This is no SIRET number of that SIREN."), "siret")
    if said["vat_number"] and not vat.is_valid(said["vat_number"]):
        raise BillingError(_("This is no VAT number."), "vat_number")
    if not is_iban(said["iban"]):
        raise BillingError(_("This is no account number (IBAN)."), "iban")
    if said["creditor"] and not is_creditor(said["creditor"]):
        raise BillingError(_("This is no SEPA creditor identifier (ICS)."), "creditor")
    if not said["prefix"].isalnum() or len(said["prefix"]) > LONGEST_PREFIX:
        raise BillingError(_("Letters and digits, six at most."), "prefix")


def _note(acting: Acting, act: str, network: Network, after: dict[str, object]) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Network",
        subject_id=network.public_id,
        network_id=network.public_id,
        after=after,
    )


def _network(acting: Acting) -> Network:
    if acting.network is None or not can_bill(acting):
        raise PermissionDenied
    return acting.network
