"""Why each job, why a need stays alone and what would serve it: in one sentence each.

The engine gives a code and its details; each code has its function here. Periods are counted
from 0, hours are half-hours a week, distances metres.
"""

from maillage.launch.shared_jobs.reports.sentences.changes import change, gain
from maillage.launch.shared_jobs.reports.sentences.contracts import contract_band, contract_name
from maillage.launch.shared_jobs.reports.sentences.facts import quoted, with_place
from maillage.launch.shared_jobs.reports.sentences.reasons import reason, reason_in_general
from maillage.launch.shared_jobs.reports.sentences.whys import why

__all__ = [
    "change",
    "contract_band",
    "contract_name",
    "gain",
    "quoted",
    "reason",
    "reason_in_general",
    "why",
    "with_place",
]
