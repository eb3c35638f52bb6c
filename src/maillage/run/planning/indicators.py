"""The indicators of fairness, as the board and the animator read them."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maillage.bricks.indicators.enums import Side, Unit
from maillage.bricks.indicators.measures import Measure, in_words
from maillage.bricks.indicators.registry import Indicator, register
from maillage.run.planning.fairness import (
    URGENT_CALLS,
    new_faces,
    unpaid_mobility,
    urgent_calls,
)

MODULE: Final = "employment"


def _calls(measure: Measure) -> str:
    return ngettext(
        "The person called most often accepted %(n)s urgent call this month",
        "The person called most often accepted %(n)s urgent calls this month",
        measure.part,
    ) % {"n": measure.part}


def _faces(measure: Measure) -> str:
    return ngettext(
        "The firm that saw most new faces this quarter saw %(n)s",
        "The firm that saw most new faces this quarter saw %(n)s",
        measure.part,
    ) % {"n": measure.part}


def _unpaid(measure: Measure) -> str:
    return _("%(value)s of those who work in four places or more are paid nothing for it") % {
        "value": in_words(Unit.PERCENT, measure.value or Decimal(0))
    }


register(
    Indicator(
        key=URGENT_CALLS,
        module=MODULE,
        name=gettext_lazy("Urgent calls per person"),
        formula=gettext_lazy(
            "Urgent calls that one worker accepted, for work in the month: the largest number. It "
            "is a cap too: whoever has reached it is not called again before the next month."
        ),
        unit=Unit.NUMBER,
        side=Side.ABOVE,
        threshold=Decimal(3),
        next_action=gettext_lazy(
            "Call others first, and train a second person for the posts that are often urgent."
        ),
        said=_calls,
        measure=urgent_calls,
    ),
    Indicator(
        key="new_faces",
        module=MODULE,
        name=gettext_lazy("New faces in a firm"),
        formula=gettext_lazy(
            "Workers who came to a firm in the quarter and had never worked there before: the "
            "largest number. A firm that had nobody before the quarter is not counted."
        ),
        unit=Unit.NUMBER,
        side=Side.ABOVE,
        threshold=Decimal(2),
        next_action=gettext_lazy(
            "Telephone the firm: who does it wish to see again? Give its slots to familiar people."
        ),
        said=_faces,
        measure=new_faces,
    ),
    Indicator(
        key="unpaid_mobility",
        module=MODULE,
        name=gettext_lazy("Unpaid mobility"),
        formula=gettext_lazy(
            "Workers who worked in four places or more in the last 12 weeks without any pay for "
            "moving in their contract, divided by all those who worked in four places or more."
        ),
        unit=Unit.PERCENT,
        side=Side.ABOVE,
        threshold=Decimal(0),
        next_action=gettext_lazy(
            "Put the list to the board: agree on a premium for them, or on fewer places."
        ),
        said=_unpaid,
        measure=unpaid_mobility,
    ),
)
