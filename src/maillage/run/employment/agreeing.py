"""What a collective agreement sets otherwise than the law, written down with its text."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.run.employment.law import BY_AGREEMENT, MAY_BE_NONE, NEVER_ABOVE, law_on
from maillage.run.employment.models_of_contracts import ContractFigure
from maillage.run.employment.refusals import StaffError
from maillage.run.employment.trail import note, staff_network


@transaction.atomic
def set_figure(
    *,
    acting: Acting,
    rule: str,
    value: int,
    reference: str,
    starts_on: date,
    ends_on: date | None = None,
) -> ContractFigure:
    """Write down the figure that an agreement sets, and since when. Raises StaffError."""
    network = staff_network(acting)
    reference = " ".join(reference.split())
    if rule not in BY_AGREEMENT:
        raise StaffError(_("No agreement may set this rule otherwise."), "rule")
    if not reference:
        raise StaffError(_("Name the agreement and its article."), "reference")
    if ends_on is not None and ends_on < starts_on:
        raise StaffError(_("The last day comes before the first."), "ends_on")
    if not value and rule not in MAY_BE_NONE:
        raise StaffError(_("This figure is one at least."), "value")
    law = law_on(rule, starts_on)
    if rule in NEVER_ABOVE and value > law.value:
        sentence = _("No agreement may go above %(most)s (%(article)s).")
        raise StaffError(sentence % {"most": law.value, "article": law.article}, "value")
    made = ContractFigure.objects.create(
        network=network,
        rule=rule,
        value=value,
        reference=reference,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_by_id=acting.person.public_id,
    )
    note(acting, "set figure", made, after={"rule": rule, "value": value, "text": reference})
    return made


@transaction.atomic
def remove_figure(*, acting: Acting, figure: ContractFigure) -> None:
    """Remove a figure that was written down by mistake; contracts already drawn up stay."""
    staff_network(acting)
    kept = ContractFigure.objects.select_for_update().get(pk=figure.pk)
    note(acting, "remove figure", kept, before={"rule": kept.rule, "value": kept.value})
    kept.delete()
