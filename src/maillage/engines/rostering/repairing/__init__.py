"""Repairing a published plan: `repair(instance, plan, change)`, ranked options within a second.

| module | holds |
| --- | --- |
| `changes` | what happens: an absence, an urgent call, a slot without anybody |
| `desk` | a plan laid out for quick trials of a worker's line |
| `reach` | how far from a changed slot each rule may find something new |
| `chains` | ways to fill a hole, other slots passing from hand to hand |
| `options` | what an option changes, costs, and asks of whom |
| `repair` | the answer |
"""

from maillage.engines.rostering.repairing.changes import Absence, Call, Change, Vacancy
from maillage.engines.rostering.repairing.desk import Charge, Desk
from maillage.engines.rostering.repairing.options import Option, Repair, Taking
from maillage.engines.rostering.repairing.repair import repair

__all__ = [
    "Absence",
    "Call",
    "Change",
    "Charge",
    "Desk",
    "Option",
    "Repair",
    "Taking",
    "Vacancy",
    "repair",
]
