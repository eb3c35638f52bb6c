"""What a check finds wrong in a file."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a file with a fault may leave."""

    FATAL = "fatal"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a file breaks, and where in it; the message is that of the rule's authors."""

    rule: str
    place: str
    message: str
    severity: Severity = Severity.FATAL


def fatal(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Return the faults for which a file may not leave."""
    return tuple(fault for fault in faults if fault.severity == Severity.FATAL)
