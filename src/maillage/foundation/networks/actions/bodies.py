"""The part that outside bodies play in a network, dated."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import locked, network_where, trail
from maillage.foundation.networks.enums import BodyInvolvementKind
from maillage.foundation.networks.models import BodyInvolvement, Membership
from maillage.foundation.networks.refusals import InvolvementError
from maillage.foundation.organisations.models import Organisation

AHEAD = timedelta(days=366)


@transaction.atomic
def involve_body(
    *, acting: Acting, organisation: Organisation, kind: str, starts_on: date
) -> BodyInvolvement:
    """Record the part that an outside body of the directory plays from a day on."""
    network = locked(network_where(acting, "manage_network"))
    if kind not in BodyInvolvementKind.values:
        raise InvolvementError(_("Choose the part it plays."), "kind")
    if starts_on > localdate() + AHEAD:
        raise InvolvementError(_("Choose a day within a year."), "starts_on")
    if not Membership.objects.filter(network=network, organisation=organisation).exists():
        raise InvolvementError(_("Put it in the directory of the network first."), "body")
    if not organisation.family:
        raise InvolvementError(
            _("Say first, on its record, to which family of outside bodies it belongs."), "body"
        )
    playing = BodyInvolvement.objects.filter(
        network=network, organisation=organisation, kind=kind
    ).exclude(ends_on__lt=starts_on)
    if playing.exists():
        raise InvolvementError(_("It already plays this part."), "kind")
    involvement = BodyInvolvement.objects.create(
        network=network, organisation=organisation, kind=kind, starts_on=starts_on
    )
    trail(acting, "involve", involvement, after=_as_values(involvement))
    return involvement


@transaction.atomic
def end_involvement(
    *, acting: Acting, involvement: BodyInvolvement, last_day: date
) -> BodyInvolvement:
    """End the part that an outside body plays, after its last day."""
    network = network_where(acting, "manage_network")
    involvement = _fresh(network.pk, involvement)
    if last_day < involvement.starts_on:
        raise InvolvementError(
            _("It plays this part since %(day)s: choose that day or a later one.")
            % {"day": date_format(involvement.starts_on)},
            "last_day",
        )
    if last_day > localdate() + AHEAD:
        raise InvolvementError(_("Choose a day within a year."), "last_day")
    before = _as_values(involvement)
    involvement.ends_on = last_day
    involvement.save(update_fields=["ends_on"])
    trail(acting, "end_involvement", involvement, before=before, after=_as_values(involvement))
    return involvement


@transaction.atomic
def keep_involvement(*, acting: Acting, involvement: BodyInvolvement) -> BodyInvolvement:
    """Take the end back: the body goes on playing its part."""
    network = locked(network_where(acting, "manage_network"))
    involvement = _fresh(network.pk, involvement)
    later = BodyInvolvement.objects.filter(
        network=network,
        organisation=involvement.organisation_id,
        kind=involvement.kind,
        starts_on__gt=involvement.starts_on,
    )
    if later.exists():
        raise InvolvementError(_("It already plays this part again."))
    before = _as_values(involvement)
    involvement.ends_on = None
    involvement.save(update_fields=["ends_on"])
    trail(acting, "keep_involvement", involvement, before=before, after=_as_values(involvement))
    return involvement


def _fresh(network_pk: int, involvement: BodyInvolvement) -> BodyInvolvement:
    return BodyInvolvement.objects.select_for_update(of=("self",)).get(
        pk=involvement.pk, network=network_pk
    )


def _as_values(involvement: BodyInvolvement) -> dict[str, str | None]:
    return {
        "kind": involvement.kind,
        "starts_on": involvement.starts_on.isoformat(),
        "ends_on": involvement.ends_on.isoformat() if involvement.ends_on else None,
    }
