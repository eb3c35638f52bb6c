"""A plan: Gaëlle in one slot of the bakery this week, another that lacks somebody, a search."""

from datetime import timedelta

from django.db.models import Model
from django.utils.timezone import localdate

from maillage.foundation.accounts.tokens import make_token
from maillage.run.planning.enums import ProposalState
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import (
    Assignment,
    Closure,
    PlanProposal,
    RuleChange,
    SlotSeries,
    SlotsImport,
)
from tests.cast import Cast
from tests.run.stories import BAKING, HOUR, MONDAY, shared_baker, slot_of

PLACES = {
    "shift_id": ("shift",),
    "slot_id": ("gap",),
    "proposal_id": ("plan proposed",),
    "series_id": ("weekly slot",),
    "firm_id": ("bakery",),
    "closure_id": ("closure",),
    "file_id": ("slots received",),
    "token_id": ("token of alice",),
    "monday": ("monday of the plan",),
    "change_id": ("agreed limit",),
    "planning:file kind": ("kind of file",),
    "planning:gaps week": ("name of a week",),
}
THINGS = {
    "kind of file": "csv",
    "monday of the plan": monday_of(localdate()).isoformat(),
    "name of a week": "2026-W10",
}


def planned(cast: Cast) -> dict[str, Model]:
    """Plan a little of this week."""
    monday = monday_of(localdate())
    days = (monday - MONDAY).days
    gaelle = shared_baker(cast)
    held = slot_of(cast, cast.bakery, days, 6, 12)
    gap = slot_of(cast, cast.garage, days + 1, 8, 12)
    shift = Assignment.objects.create(slot=held, worker=gaelle)
    proposal = PlanProposal.objects.create(
        network=cast.network,
        monday=monday + timedelta(weeks=1),
        weeks=1,
        seconds=10,
        made_by_id=cast.alice.public_id,
        state=ProposalState.DONE,
        best=[[str(gap.public_id), str(gaelle.public_id)]],
        figures={"wanted": 2, "missing": 0, "idle_minutes": 0, "seconds": 1},
    )
    weekly = SlotSeries.objects.create(
        network=cast.network,
        organisation=cast.garage,
        occupation=BAKING,
        occupation_label="Boulangerie - viennoiserie",
        weekday=2,
        start_minute=8 * HOUR,
        end_minute=12 * HOUR,
        starts_on=monday,
    )
    change = RuleChange.objects.create(
        network=cast.network,
        rule="daily_maximum",
        parameters={"minutes": 11 * HOUR},
        reference="Company agreement, art. 7",
        starts_on=monday,
        recorded_by_id=cast.alice.public_id,
    )
    closure = Closure.objects.create(
        network=cast.network,
        organisation=cast.bakery,
        starts_on=monday + timedelta(weeks=5),
        ends_on=monday + timedelta(weeks=5, days=4),
        reason="Summer leave",
        taken_out=[[str(gaelle.public_id), str(held.public_id)]],
    )
    token, _secret = make_token(
        person=cast.alice, name="Payroll", expires_on=localdate() + timedelta(days=30)
    )
    return {
        "shift": shift,
        "gap": gap,
        "plan proposed": proposal,
        "weekly slot": weekly,
        "agreed limit": change,
        "closure": closure,
        "slots received": _received(cast),
        "token of alice": token,
    }


def _received(cast: Cast) -> SlotsImport:
    """Receive a file of slots."""
    return SlotsImport.objects.create(
        network=cast.network,
        file_name="slots.csv",
        titles=["Entreprise", "Métier", "Jour", "Début", "Fin"],
        fields=["name", "occupation", "day", "start", "end"],
        rows=[
            {
                "line": 2,
                "cells": [cast.garage.name, BAKING, "lundi", "8:00", "12:00"],
                "faults": [],
            }
        ],
        started_by_id=cast.alice.public_id,
    )
