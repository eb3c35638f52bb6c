"""What a running solve tells its caller."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a running solve.

    `objective` and `bound` are in the engine's own integer unit; `bound` is None until one
    is proved. `phase` is a stable code, for the host to put into words.
    """

    seconds: float
    phase: str
    objective: int
    bound: int | None
    iterations: int


ProgressCallback = Callable[[Progress], None]
