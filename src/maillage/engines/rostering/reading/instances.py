"""Read an instance from parsed JSON; the format is described in docs/reference/roster-format.md."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from maillage.engines.rostering.entities import (
    DAY,
    Contract,
    Firm,
    History,
    Horizon,
    Need,
    Request,
    Worker,
)
from maillage.engines.rostering.instance import Instance
from maillage.engines.rostering.pack import check_pack
from maillage.engines.rostering.reading.fields import Fields
from maillage.engines.rostering.reading.packs import read_pack
from maillage.engines.rostering.reading.plans import read_assignments
from maillage.engines.rostering.reading.writing import SCHEMA
from maillage.engines.rostering.sentences import RosterError, Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Span

NO_SLOT = Sentence(
    "there is no slot “{value}” in “slots”",
    "il n’y a pas de créneau «\u00a0{value}\u00a0» dans «\u00a0slots\u00a0»",
)


def read_instance(value: object) -> Instance:
    """Return an instance; raises `RosterError` naming the record and the field."""
    fields = Fields.of("instance", value)
    fields.schema(SCHEMA)
    horizon = _horizon(fields.inner("horizon"))
    slots = _slots(fields.inner("slots"))
    instance = Instance(
        horizon=horizon,
        firms=tuple(_firm(row, item) for row, item in fields.objects("firms", needed=True)),
        workers=tuple(
            _worker(row, item, horizon) for row, item in fields.objects("workers", needed=True)
        ),
        needs=tuple(
            _need(row, item, horizon, slots) for row, item in fields.objects("needs", needed=True)
        ),
        pack=read_pack(fields.inner("rules")),
        competitors=fields.pairs("competitors"),
        lifted=fields.pairs("lifted"),
        travel=dict(_journey(row, item) for row, item in fields.objects("travel")),
        fixed=read_assignments(fields, "fixed"),
        published=read_assignments(fields, "published"),
        now=fields.number("now", 0),
        holidays=frozenset(
            Fields("holidays", {"day": item}).day_number("day", horizon)
            for item in fields.items("holidays")
        ),
        objective=fields.text("objective", "weighted"),
    )
    fields.done()
    check_pack(instance.pack)
    return instance


def _horizon(fields: Fields) -> Horizon:
    fields.text("start")  # it must be there
    horizon = Horizon(fields.day("start") or date.min, fields.number("days"))
    fields.done()
    return horizon


def _slots(fields: Fields) -> dict[str, Span]:
    return {name: fields.span(name) for name in fields.values}


def _firm(row: str, item: object) -> Firm:
    fields = Fields.of(row, item)
    firm = Firm(fields.text("id"), fields.text("name", ""), fields.text("place", ""))
    fields.done()
    return firm


def _journey(row: str, item: object) -> tuple[tuple[str, str], int]:
    fields = Fields.of(row, item)
    journey = (fields.text("from"), fields.text("to")), fields.number("minutes")
    fields.done()
    return journey


def _need(row: str, item: object, horizon: Horizon, slots: dict[str, Span]) -> Need:
    fields = Fields.of(row, item)
    start, end = _when(fields, horizon, slots)
    need = Need(
        need_id=fields.text("id"),
        firm_id=fields.text("firm"),
        skill=fields.text("skill"),
        level=fields.number("level", 0),
        start=start,
        end=end,
        count=fields.number("count", 1),
        importance=fields.number("importance", 1),
        surplus=fields.optional_number("surplus"),
        wished_worker_id=fields.text("wished_worker", ""),
        place_id=fields.text("place", ""),
        kind=fields.text("kind", ""),
        urgent=fields.truth("urgent"),
        unpleasant=fields.truth("unpleasant"),
        break_minutes=fields.number("break_minutes", 0),
    )
    fields.done()
    return need


def _when(fields: Fields, horizon: Horizon, slots: dict[str, Span]) -> Span:
    """Start and end, given as such or as a day and a named slot."""
    if "slot" not in fields.values:
        return fields.number("start"), fields.number("end")
    name, day = fields.text("slot"), fields.day_number("day", horizon)
    if name not in slots:
        raise RosterError(fields.row, "slot", NO_SLOT, value=name)
    start, end = slots[name]
    return day * DAY + start, day * DAY + end


def _lent(fields: Fields, horizon: Horizon) -> dict[str, tuple[Span, ...]]:
    return {firm_id: fields.spans(firm_id, horizon) for firm_id in fields.values}


def _worker(row: str, item: object, horizon: Horizon) -> Worker:
    fields = Fields.of(row, item)
    contract = fields.inner("contract")
    firms = fields.texts("firms")
    worker = Worker(
        worker_id=fields.text("id"),
        name=fields.text("name", ""),
        contract=Contract(contract.number("week_minutes")),
        skills=fields.numbers_by_name("skills"),
        home_id=fields.text("home", ""),
        firm_ids=None if firms is None else frozenset(firms),
        lent=_lent(fields.inner("lent"), horizon),
        availability=(
            fields.spans("availability", horizon) if "availability" in fields.values else None
        ),
        absences=fields.spans("absences", horizon),
        outside=fields.spans("outside", horizon),
        groups=frozenset(fields.texts("groups") or ()),
        requests=tuple(_request(inner, entry) for inner, entry in fields.objects("requests")),
        history=_history(fields.inner("history")),
    )
    contract.done()
    fields.done()
    return worker


def _request(row: str, item: object) -> Request:
    fields = Fields.of(row, item)
    request = Request(fields.text("need"), fields.truth("wanted"), fields.number("weight", 1))
    fields.done()
    return request


def _history(fields: Fields) -> History:
    weeks = [Fields(fields.row, {"weeks": week}).number("weeks") for week in fields.items("weeks")]
    history = History(
        days_in_row=fields.optional_number("days_in_row"),
        days_off_in_row=fields.optional_number("days_off_in_row"),
        last_end=fields.optional_number("last_end"),
        weeks=tuple(weeks),
        this_week=fields.number("this_week", 0),
        urgent_calls=fields.number("urgent_calls", 0),
        urgent_this_month=fields.number("urgent_this_month", 0),
        night_minutes=fields.number("night_minutes", 0),
        overtime_minutes=fields.number("overtime_minutes", 0),
        unpleasant_slots=fields.number("unpleasant_slots", 0),
        known_firm_ids=frozenset(fields.texts("known_firms") or ()),
    )
    fields.done()
    return history
