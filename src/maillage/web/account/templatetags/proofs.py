"""What the pages of the second proof of identity need to say why it is asked."""

from django import template
from django.http import HttpRequest

from maillage.web.ui.acting import acting_of
from maillage.web.ui.identity import owes_second_proof

register = template.Library()


@register.simple_tag
def network_asking_proof(request: HttpRequest) -> str:
    """Return the name of a network that waits for a second proof of this person, or nothing."""
    acting = acting_of(request)
    for role in acting.roles if acting is not None else ():
        here = acting.in_network(role.network.slug, str(role.public_id)) if acting else None
        if here is not None and here.network is not None and owes_second_proof(here):
            return str(here.network.name)
    return ""
