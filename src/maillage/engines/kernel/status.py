"""How a solve ended."""

from enum import StrEnum


class Status(StrEnum):
    """The four ways a solve can end; a malformed instance raises `InstanceError` instead."""

    OPTIMAL = "OPTIMAL"  # the bound proves that nothing better exists
    FEASIBLE = "FEASIBLE"  # a valid answer, not proved best
    INFEASIBLE = "INFEASIBLE"  # proved: no answer exists
    UNKNOWN = "UNKNOWN"  # the limit came before any answer or proof
