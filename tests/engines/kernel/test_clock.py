"""Deadlines: no limit stays no limit, and a moment gone by leaves nothing."""

import time

import pytest

from maillage.engines.kernel.clock import deadline, remaining, sooner


def test_no_limit_stays_no_limit() -> None:
    assert deadline(None) is None
    assert remaining(None) is None
    assert sooner(None, None) is None


def test_moment_gone_by_leaves_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1000.0)

    assert deadline(30) == 1030
    assert remaining(1030) == 30
    assert remaining(999) == 0


def test_sooner_of_two_moments_counts() -> None:
    assert sooner(2.0, 1.0) == 1.0
    assert sooner(None, 1.0) == 1.0
    assert sooner(2.0, None) == 2.0
