"""Deadlines that survive the trip to another process: seconds since the epoch, or None."""

import time


def deadline(seconds: float | None) -> float | None:
    """Return the moment `seconds` from now; None for no limit."""
    return None if seconds is None else time.time() + seconds


def remaining(until: float | None) -> float | None:
    """Seconds left before `until`, never below zero; None for no limit."""
    return None if until is None else max(0.0, until - time.time())


def sooner(first: float | None, second: float | None) -> float | None:
    """Return the earlier of two moments; None stands for never."""
    return min((moment for moment in (first, second) if moment is not None), default=None)
