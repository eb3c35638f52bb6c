"""Explaining a plan: `explain(instance, plan)`.

| module | holds |
| --- | --- |
| `explain` | the explanation of a plan: its cost, its empty slots, its assignments |
| `relaxations` | what would let somebody take an empty slot, verified |
| `cures` | small changes to the question, one kind for each cause |
| `assignments` | why this worker in this slot |
| `names` | rules and units in words, in both languages |
"""

from maillage.engines.rostering.explaining.assignments import Reason
from maillage.engines.rostering.explaining.cures import Cure
from maillage.engines.rostering.explaining.explain import Empty, Explanation, Obstacle, explain
from maillage.engines.rostering.explaining.relaxations import Relaxation

__all__ = ["Cure", "Empty", "Explanation", "Obstacle", "Reason", "Relaxation", "explain"]
