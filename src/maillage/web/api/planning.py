"""The plan, for programs."""

from datetime import date, timedelta
from http import HTTPStatus

from django.http import Http404, HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Router, Status
from ninja.errors import HttpError

from maillage.run.employment.models import Worker
from maillage.run.planning.models import Slot
from maillage.run.planning.placing import Override, PlacementError, place
from maillage.run.planning.weeks import planned_week
from maillage.web.api.gates import inside
from maillage.web.api.schemas import (
    AssignmentIn,
    FindingOut,
    Refusal,
    Seat,
    SlotOut,
    WeekOut,
)

MODULE = "planning"
FARTHEST = timedelta(days=3 * 366)

router = Router(tags=["plan"])


@router.get("n/{slug:network}/weeks/{monday}/", response={200: WeekOut, 422: Refusal})
def week(request: HttpRequest, network: str, monday: date) -> WeekOut:
    """The slots of the week of a day, with who is in each."""
    with inside(request, network, "see_plan", MODULE) as here:
        if not date(2000, 1, 1) <= monday <= localdate() + FARTHEST:
            raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, _("There is no such week."))
        first = monday - timedelta(days=monday.weekday())
        slots = [SlotOut.of(one) for one in planned_week(here.network, first)]
        return WeekOut(monday=first, slots=slots)


@router.post("n/{slug:network}/assignments/", response={201: Seat, 409: Refusal, 422: Refusal})
def assign(request: HttpRequest, network: str, asked: AssignmentIn) -> Status[Seat | Refusal]:
    """Place somebody in a slot, by the very act of the board.

    422: a rule is in the way, with its article. 409: the plan has changed in the meantime.
    """
    with inside(request, network, "plan_work", MODULE) as here:
        slot = (
            Slot.objects.filter(network=here.network, public_id=asked.slot, cancelled_at=None)
            .select_related("organisation", "network")
            .first()
        )
        worker = Worker.objects.filter(network=here.network, public_id=asked.worker).first()
        if slot is None or worker is None:
            raise Http404
        overrides = [
            Override(rule=one.rule, document=one.document, reason=one.reason)
            for one in asked.overrides
        ]
        try:
            made = place(acting=here.acting, slot=slot, worker=worker, overrides=overrides)
        except PlacementError as refused:
            status = HTTPStatus.UNPROCESSABLE_ENTITY if refused.findings else HTTPStatus.CONFLICT
            return Status(status, _refusal(refused))
        return Status(HTTPStatus.CREATED, Seat.of(made))


def _refusal(refused: PlacementError) -> Refusal:
    findings = [
        FindingOut(rule=one.rule, severity=str(one.severity), article=one.article, text=one.text)
        for one in refused.findings
    ]
    return Refusal(detail=str(refused), findings=findings)
