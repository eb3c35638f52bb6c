"""What `maillage roster repair` is told has happened, as the engine understands it."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from maillage.cli.errors import Refusal
from maillage.engines.rostering.entities import Need
from maillage.engines.rostering.instance import Instance
from maillage.engines.rostering.repairing import Absence, Call, Change, Vacancy

if TYPE_CHECKING:
    from maillage.cli.roster_options import Moment


def change_of(instance: Instance, values: dict[str, Any]) -> Change:
    """Return the one change that the options tell; raises `Refusal` when they do not tell one."""
    told = [name for name in ("absent", "call", "slot") if values[name]]
    if len(told) != 1:
        raise Refusal(
            _("Say what happened, and one thing only: --absent WORKER, --call FIRM or --slot SLOT.")
        )
    if told == ["slot"]:
        return Vacancy(values["slot"])
    start, end = _span(instance, values)
    if told == ["absent"]:
        return Absence(values["absent"], start, end)
    if not values["skill"]:
        raise Refusal(_("Say which skill the firm needs: --skill SKILL."))
    return Call(_need(instance, values, start, end))


def _span(instance: Instance, values: dict[str, Any]) -> tuple[int, int]:
    first: Moment | None = values["from"]
    last: Moment | None = values["to"]
    if first is None or last is None:
        raise Refusal(_("Say from when to when: --from MOMENT --to MOMENT."))
    origin = instance.horizon.start
    start, end = first.minutes_from(origin), last.minutes_from(origin, end=True)
    if end <= start:
        raise Refusal(_("--to must come after --from."))
    return start, end


def _need(instance: Instance, values: dict[str, Any], start: int, end: int) -> Need:
    """The slot called for, as important as the most important one of the question."""
    name = f"{values['call']} {start}-{end}"
    number = 1
    while name in instance.need_by_id:
        number += 1
        name = f"{values['call']} {start}-{end} ({number})"
    return Need(
        need_id=name,
        firm_id=values["call"],
        skill=values["skill"],
        level=values["level"],
        start=start,
        end=end,
        importance=max((need.importance for need in instance.needs), default=1),
        urgent=True,
    )
