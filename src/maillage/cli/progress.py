"""What people see while a search runs, and stopping it with Ctrl-C."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType, TracebackType
from typing import Final, Self

from django.utils import translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from maillage.launch.shared_jobs.outcome import Step
from maillage.launch.shared_jobs.reports.figures import duration, hours, language
from maillage.launch.shared_jobs.reports.terminal import say

REFRESHES: Final = 4  # a second
BETWEEN_LINES: Final = 10.0  # seconds, when progress goes to a file


class SearchProgress:
    """Shows the best coverage and the limit so far: one living line, or one now and then.

    Use it as a context manager, and give it each step of the search.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._started = time.monotonic()
        self._last_line = float("-inf")
        self._step: Step | None = None
        self._stopping = False
        self._language = language()
        self._spinner = Spinner("dots")
        self._live: Live | None = None
        if console.is_terminal:
            self._live = Live(
                console=console,
                get_renderable=self._line,
                refresh_per_second=REFRESHES,
                transient=True,
            )

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        else:
            say(self._console, _("Looking for the jobs these firms can share…"))
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._live:
            self._live.stop()

    def step(self, step: Step) -> None:
        """Take in how far the search is."""
        self._step = step
        now = time.monotonic()
        late = now - self._last_line >= BETWEEN_LINES
        if late and not self._live and not self._stopping:
            self._last_line = now
            say(self._console, self._words())

    def stopping(self) -> None:
        """Say that the search is asked to end."""
        self._stopping = True
        if not self._live:
            say(self._console, self._words())

    def _line(self) -> Spinner:
        # The line is drawn by a thread, and Django keeps one language per thread.
        with translation.override(self._language):
            text = Text(self._words(), overflow="ellipsis", no_wrap=True)
        self._spinner.update(text=text)
        return self._spinner

    def _words(self) -> str:
        elapsed = duration(round(time.monotonic() - self._started))
        if self._stopping:
            return _("Stopping with the best jobs so far (Ctrl-C again: give up)…")
        if self._step is None:
            return _("%(time)s: comparing the needs…") % {"time": elapsed}
        covered = hours(self._step.covered_hours)
        if self._step.bound_hours is None:
            return _("%(time)s: %(covered)s a week so far, %(phase)s…") % {
                "time": elapsed,
                "covered": covered,
                "phase": phase_in_words(self._step.phase),
            }
        return _("%(time)s: %(covered)s a week so far, %(bound)s at most, %(phase)s…") % {
            "time": elapsed,
            "covered": covered,
            "bound": hours(self._step.bound_hours),
            "phase": phase_in_words(self._step.phase),
        }


def phase_in_words(phase: str) -> str:
    """Say what a search is doing; phases that came later than this list are improvements."""
    return {
        "first_answer": _("first answer found"),
        "proving": _("proving what is possible"),
    }.get(phase, _("looking for better jobs"))


@contextmanager
def stop_on_interrupt(progress: SearchProgress) -> Iterator[Event]:
    """Yield an event that the first Ctrl-C sets; the second one raises `KeyboardInterrupt`."""
    asked = Event()

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        progress.stopping()

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
