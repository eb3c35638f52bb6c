"""What people see while a roster is looked for or explained."""

import time
from typing import Self, override

from django.utils.translation import gettext as _
from rich.console import Console

from maillage.cli.progress import BETWEEN_LINES, SearchProgress
from maillage.launch.shared_jobs.reports.figures import duration, number
from maillage.launch.shared_jobs.reports.terminal import say
from maillage.run.planning.reports.wording import points


class RosterProgress(SearchProgress):
    """Shows what the best plan so far costs: one living line, or one now and then."""

    _heard: tuple[str, float, float | None] | None = None

    @override
    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        else:
            say(self._console, _("Looking for who can work where and when…"))
        return self

    def heard(self, _seconds: float, phase: str, cost: float, bound: float | None) -> None:
        """Take in how far the search is."""
        self._heard = (phase, cost, bound)
        now = time.monotonic()
        late = now - self._last_line >= BETWEEN_LINES
        if late and not self._live and not self._stopping:
            self._last_line = now
            say(self._console, self._words())

    @override
    def _words(self) -> str:
        elapsed = duration(round(time.monotonic() - self._started))
        if self._stopping:
            return _("Stopping with the best plan so far (Ctrl-C again: give up)…")
        if self._heard is None:
            return _("%(time)s: preparing…") % {"time": elapsed}
        _phase, cost, bound = self._heard
        words = {"time": elapsed, "cost": points(cost), "bound": points(bound or 0)}
        if bound is None:
            return _("%(time)s: %(cost)s so far, looking for a better plan…") % words
        return _("%(time)s: %(cost)s so far, %(bound)s at least…") % words


class ExplainProgress:
    """Says how many slots are explained, now and then."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last = time.monotonic()

    def __call__(self, done: int, count: int) -> None:
        """Take in how far it is."""
        now = time.monotonic()
        if now - self._last >= BETWEEN_LINES / 2:
            self._last = now
            say(
                self._console,
                _("%(done)s of %(count)s slots looked at…")
                % {"done": number(done, 0), "count": number(count, 0)},
            )
