"""A visitor writes to a firm without learning its address."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from maillage.foundation.networks.models import Network
from maillage.foundation.notify.sending import SendingError, forward_to_firm
from maillage.foundation.organisations.addressing import firm_address
from maillage.foundation.visibility.seen import SeenOrganisation

MOST_AN_HOUR = 5
HOUR = 3600


class MessageError(Exception):
    """A message that cannot be passed on: says why, to the visitor."""


def pass_on(
    request: HttpRequest,
    *,
    network: Network,
    firm: SeenOrganisation,
    name: str,
    email: str,
    message: str,
    website: str,
) -> None:
    """Pass a message on to a firm; raises MessageError when it cannot be, or for one too many.

    What fills in the field that people do not see is a program: it is told that all went well, and
    nothing leaves.
    """
    if website:
        return
    if _is_one_too_many(request):
        raise MessageError(
            _("You have written several times within an hour. Wait a little, then try again.")
        )
    try:
        forward_to_firm(
            firm=firm_address(firm.pk),
            visitor_name=" ".join(name.split()),
            visitor_email=email,
            text=message,
            network_id=network.public_id,
        )
    except SendingError as error:
        raise MessageError(str(error)) from error


def _is_one_too_many(request: HttpRequest) -> bool:
    """Count the messages of this address within an hour; some programs write to everybody."""
    key = f"front-message-{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, HOUR)
    return cache.incr(key) > MOST_AN_HOUR
