"""Stop rules: small frozen objects asked now and then whether to go on."""

from dataclasses import dataclass
from typing import Protocol


class StopRule(Protocol):
    """A rule that says when a solve must end."""

    @property
    def seconds(self) -> float | None:
        """The longest wall-clock time allowed, or None when time does not matter."""

    def reached(self, *, seconds: float, iterations: int) -> bool:
        """Whether to stop after `seconds` of wall clock and `iterations` of improvement."""


@dataclass(frozen=True, slots=True)
class MaxRuntime:
    """Stop after `seconds` of wall clock. Two runs may differ: a clock is not repeatable."""

    seconds: float

    def __post_init__(self) -> None:
        if not self.seconds > 0:
            msg = f"a time limit must be positive, not {self.seconds}"
            raise ValueError(msg)

    def reached(self, *, seconds: float, iterations: int) -> bool:  # noqa: ARG002 (protocol)
        """Whether the time is over."""
        return seconds >= self.seconds


@dataclass(frozen=True, slots=True)
class MaxIterations:
    """Stop after `iterations` of improvement. Same seed, same answer, on any machine."""

    iterations: int

    def __post_init__(self) -> None:
        if self.iterations < 0:
            msg = f"a number of iterations cannot be negative, not {self.iterations}"
            raise ValueError(msg)

    @property
    def seconds(self) -> None:
        """No time limit."""
        return

    def reached(self, *, seconds: float, iterations: int) -> bool:  # noqa: ARG002 (protocol)
        """Whether the iterations are spent."""
        return iterations >= self.iterations
