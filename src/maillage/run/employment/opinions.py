"""Before a trial period ends, each firm says whether it would go on with the worker."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.run.employment.models import EmploymentContract, LendingAgreement
from maillage.run.employment.models_of_contracts import TrialOpinion
from maillage.run.employment.permissions import can_manage_staff, can_sign_lending_for
from maillage.run.employment.refusals import StaffError
from maillage.run.employment.trail import note, staff_network

DAYS_BEFORE = 7


@transaction.atomic
def ask_opinions(*, acting: Acting, contract: EmploymentContract) -> list[TrialOpinion]:
    """Ask every firm that the worker is lent to; those asked already are left alone.

    Return the opinions newly asked for. Raises StaffError.
    """
    staff_network(acting)
    ends_on, today = contract.trial_ends_on, localdate()
    if ends_on is None or ends_on < today:
        raise StaffError(_("This contract has no trial period that runs today."))
    lendings = LendingAgreement.objects.filter(
        contract=contract, signed_on__isnull=False, ended_on=None
    ).select_related("organisation")
    asked = set(
        TrialOpinion.objects.filter(contract=contract).values_list("organisation", flat=True)
    )
    firms = {one.organisation_id: one.organisation for one in lendings}
    if not firms:
        raise StaffError(_("No lending agreement is signed yet: there is no firm to ask."))
    answer_by = max(today, ends_on - timedelta(days=DAYS_BEFORE))
    made = [
        TrialOpinion.objects.create(
            contract=contract, organisation=firm, asked_on=today, answer_by=answer_by
        )
        for firm in firms.values()
        if firm.pk not in asked
    ]
    note(acting, "ask opinions", contract, after={"firms": len(made)})
    return made


@transaction.atomic
def give_opinion(
    *, acting: Acting, opinion: TrialOpinion, in_favour: bool, words: str
) -> TrialOpinion:
    """Give the opinion of one's firm, or write down what a firm said. Raises StaffError."""
    if not can_manage_staff(acting) and not can_sign_lending_for(acting, opinion.organisation):
        raise PermissionDenied
    kept = TrialOpinion.objects.select_for_update().get(pk=opinion.pk)
    words = " ".join(words.split())
    if not in_favour and not words:
        raise StaffError(_("Say why, in a few words."), "words")
    kept.in_favour, kept.words, kept.given_on = in_favour, words, localdate()
    kept.save(update_fields=["in_favour", "words", "given_on"])
    note(acting, "give opinion", kept, after={"in_favour": in_favour})
    return kept
