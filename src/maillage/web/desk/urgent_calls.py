"""What the desk of whoever plans says of absences and peaks: urgent first."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.run.planning.calling.queries import open_calls
from maillage.run.planning.enums import CallCause, OfferState
from maillage.run.planning.models import Call
from maillage.web.desk.addresses import page_of
from maillage.web.desk.situation import Situation
from maillage.web.desk.sources import Urgency, Waiting, source
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.parts import Decision
from maillage.web.ui.shifts import span

MOST_LINES = 5


@source
def calls(situation: Situation) -> Iterable[Waiting]:
    """Yield the calls that wait, one by one; those that nobody is asked for come first."""
    if not situation.acting.can("plan_work") or "planning" not in situation.modules:
        return
    waiting = list(open_calls(situation.network)[: MOST_LINES + 1])
    for call in waiting[:MOST_LINES]:
        asked = sum(offer.state == OfferState.PROPOSED for offer in call.offers.all())
        slot = call.slot
        soon = slot.day <= situation.today + timedelta(days=1)
        yield Waiting(
            Urgency.LATE if soon and not asked else Urgency.TODAY,
            Decision(
                say=_("%(firm)s lacks somebody, %(day)s, %(time)s: %(what)s.")
                % {
                    "firm": slot.organisation.name,
                    "day": nice_date(slot.day),
                    "time": span(slot.start_minute, slot.end_minute),
                    "what": slot.occupation_label,
                },
                why=_why(call, asked),
                label=_("See the answers") if asked else _("See who could come"),
                url=page_of(situation.network, "calls:call", call.public_id),
                meta=_("Urgent") if soon else _("Absences and peaks"),
                hot=soon and not asked,
            ),
            slot.day,
        )
    if len(waiting) > MOST_LINES:
        yield Waiting(
            Urgency.TODAY,
            Decision(
                say=_("Other slots lack somebody."),
                why=_("The nearest ones come first."),
                label=_("See them all"),
                url=page_of(situation.network, "calls:home"),
                meta=_("Absences and peaks"),
            ),
        )


def _why(call: Call, asked: int) -> str:
    if asked:
        return ngettext(
            "%(n)s person is asked and has not answered yet.",
            "%(n)s people are asked and have not answered yet.",
            asked,
        ) % {"n": number(asked)}
    found = len(call.answers.get("answers", ()))
    if not found:
        return _("Nobody can come within the law and the charter: tell the firm.")
    text = ngettext("%(n)s person could come.", "%(n)s people could come.", found)
    why = text % {"n": number(found)}
    return f"{_('The firm asks for help.')} {why}" if call.cause == CallCause.PEAK else why
