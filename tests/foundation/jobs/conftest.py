from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils.translation import gettext_lazy as _

from maillage.foundation.jobs import registry
from maillage.foundation.jobs.models import Run

type Kinds = Callable[..., None]


@pytest.fixture
def alice() -> UUID:
    return uuid4()


@pytest.fixture(autouse=True)
def _own_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a story register its kinds of work without leaving them to the others."""
    monkeypatch.setattr(registry, "KINDS", dict(registry.KINDS))
    monkeypatch.setattr(registry, "TURNS", {})
    monkeypatch.setattr(registry, "RESULT_PAGES", {})
    monkeypatch.setattr(registry, "LISTENERS", [])
    return


@pytest.fixture
def kind() -> Kinds:
    """Register a function as the work “trial”."""

    def register(work: registry.Work, **about: Any) -> None:
        registry.background("trial", title=_("Help"), **about)(work)

    return register


@pytest.fixture
def told() -> list[tuple[str, str]]:
    """Return what a listener heard: the state and the error of each run that ended."""
    heard: list[tuple[str, str]] = []

    @registry.on_finished
    def listen(run: Run) -> None:
        heard.append((run.state, run.error))

    return heard
