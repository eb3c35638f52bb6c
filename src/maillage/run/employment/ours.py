"""What a firm sees of the workers lent to it: its own agreements, nothing of the rest."""

from django.db.models import QuerySet
from django.utils.timezone import localdate

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import LendingAgreement
from maillage.run.employment.models_of_contracts import TrialOpinion


def agreements_of(firm: Organisation, network: Network) -> QuerySet[LendingAgreement]:
    """Return the lending agreements of a firm, by the name of the worker, for that firm.

    The page shows those that were drawn up alone: a draft is not for the firm's eyes.
    """
    rows = LendingAgreement.objects.filter(organisation=firm, contract__worker__network=network)
    related = ("contract__worker__network__register", "organisation", "site")
    return rows.select_related(*related).order_by("contract__worker__folded_name", "starts_on")


def opinions_asked_of(firm: Organisation, network: Network) -> QuerySet[TrialOpinion]:
    """Return the opinions that a firm is asked for and has yet to give, for that firm."""
    rows = TrialOpinion.objects.filter(
        organisation=firm,
        contract__worker__network=network,
        given_on=None,
        contract__trial_ends_on__gte=localdate(),
    )
    return rows.select_related("contract__worker").order_by("answer_by")
