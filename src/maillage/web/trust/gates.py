"""The firm that somebody speaks for."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from maillage.foundation.organisations.models import Organisation
from maillage.web.ui.acting import NetworkRequest


def own_firm(request: NetworkRequest) -> Organisation:
    """Return the firm of the role in use; 403 when the role speaks for none."""
    firm = request.acting.firm
    if firm is None:
        raise PermissionDenied(_("This page is for the people of a firm."))
    return firm
