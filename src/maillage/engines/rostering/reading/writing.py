"""Write an instance as JSON values: every setting spelt out, times in minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.reading.plans import write_assignments

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting

SCHEMA: Final = "maillage.roster/1"


def write_instance(instance: Instance) -> dict[str, object]:
    """Return an instance as JSON values; `read_instance` gives it back."""
    return {
        "schema": SCHEMA,
        "horizon": {"start": instance.horizon.start.isoformat(), "days": instance.horizon.days},
        "objective": instance.objective,
        "now": instance.now,
        "holidays": sorted(instance.holidays),
        "firms": [{"id": f.firm_id, "name": f.name, "place": f.place_id} for f in instance.firms],
        "workers": [_worker(worker) for worker in instance.workers],
        "needs": [_need(need) for need in instance.needs],
        "competitors": [list(pair) for pair in sorted(instance.competitors)],
        "lifted": [list(pair) for pair in sorted(instance.lifted)],
        "travel": [
            {"from": first, "to": second, "minutes": minutes}
            for (first, second), minutes in instance.travel.items()
        ],
        "fixed": write_assignments(instance.fixed),
        "published": write_assignments(instance.published),
        "rules": {
            "base": "none",
            "settings": [_setting(setting) for setting in instance.pack.settings],
            "documents": [
                {"rule": rule, "worker": worker} for rule, worker in sorted(instance.pack.documents)
            ],
        },
    }


def _need(need: Need) -> dict[str, object]:
    return {
        "id": need.need_id,
        "firm": need.firm_id,
        "skill": need.skill,
        "level": need.level,
        "start": need.start,
        "end": need.end,
        "count": need.count,
        "importance": need.importance,
        "surplus": need.surplus,
        "wished_worker": need.wished_worker_id,
        "place": need.place_id,
        "kind": need.kind,
        "urgent": need.urgent,
        "unpleasant": need.unpleasant,
        "break_minutes": need.break_minutes,
    }


def _worker(worker: Worker) -> dict[str, object]:
    past = worker.history
    written: dict[str, object] = {
        "id": worker.worker_id,
        "name": worker.name,
        "contract": {"week_minutes": worker.contract.week_minutes},
        "skills": dict(worker.skills),
        "home": worker.home_id,
        "firms": None if worker.firm_ids is None else sorted(worker.firm_ids),
        "lent": {
            firm_id: [list(span) for span in spans]
            for firm_id, spans in sorted(worker.lent.items())
        },
        "absences": [list(span) for span in worker.absences],
        "outside": [list(span) for span in worker.outside],
        "groups": sorted(worker.groups),
        "requests": [
            {"need": r.need_id, "wanted": r.wanted, "weight": r.weight} for r in worker.requests
        ],
        "history": {
            "days_in_row": past.days_in_row,
            "days_off_in_row": past.days_off_in_row,
            "last_end": past.last_end,
            "weeks": list(past.weeks),
            "this_week": past.this_week,
            "urgent_calls": past.urgent_calls,
            "urgent_this_month": past.urgent_this_month,
            "night_minutes": past.night_minutes,
            "overtime_minutes": past.overtime_minutes,
            "unpleasant_slots": past.unpleasant_slots,
            "known_firms": sorted(past.known_firm_ids),
        },
    }
    if worker.availability is not None:
        written["availability"] = [list(span) for span in worker.availability]
    return written


def _setting(setting: Setting) -> dict[str, object]:
    return {
        "rule": setting.rule,
        "severity": setting.severity.value,
        "parameters": dict(setting.parameters),
        "cost": setting.cost,
        "per": setting.per,
        "priority": setting.priority,
        "article": setting.article,
        "workers": None if setting.workers is None else sorted(setting.workers),
        "spared": sorted(setting.spared),
        "group": setting.group,
        "valid_from": setting.valid_from.isoformat() if setting.valid_from else None,
        "valid_to": setting.valid_to.isoformat() if setting.valid_to else None,
    }
