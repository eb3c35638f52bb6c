"""The business rules of invoices, European and French, run in one warm process beside this one.

A rule that could not be tried is never taken for one that is kept: what cannot be judged raises.
"""

import atexit
import contextlib
import multiprocessing
import threading
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final, cast

from django.utils.translation import gettext as _

from maillage.run.billing.files.faults import Fault
from maillage.run.billing.files.refusals import JudgeError
from maillage.run.billing.files.schematron_child import FAULTS, READY, answer

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

WARM_UP: Final = 60.0  # seconds to read the rules, on a busy machine
PATIENCE: Final = 30.0  # seconds for a file; it takes less than one
GRACE: Final = 2.0  # seconds for a process to end by itself


def judge(xml: bytes) -> tuple[Fault, ...]:
    """Return the rules of EN 16931 and of the French reform that an invoice breaks.

    Raises JudgeError when the rules could not be run.
    """
    return _JUDGE.judge(xml)


def stop_judge() -> None:
    """End the process; the next file starts another. At exit this is done by itself."""
    _JUDGE.stop()


class _DiedError(Exception):
    """The process ended without an answer."""


class _Judge:
    """The process and the line to it; one file at a time, whatever the number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def judge(self, xml: bytes) -> tuple[Fault, ...]:
        with self._lock:
            try:
                return self._asked(xml)
            except _DiedError:  # once more, with a new process: the other may have been killed
                self._end()
            try:
                return self._asked(xml)
            except _DiedError:
                self._end()
                raise JudgeError(
                    _("The process that checks invoices ended twice without an answer.")
                ) from None

    def stop(self) -> None:
        with self._lock:
            self._end()

    def _asked(self, xml: bytes) -> tuple[Fault, ...]:
        line = self._line or self._start()
        try:
            line.send(xml)
        except OSError:
            raise _DiedError from None
        try:
            kind, value = self._heard(line, PATIENCE)
        except BaseException:  # the answer still to come must not be taken for the next one
            self._end()
            raise
        if kind != FAULTS:
            raise JudgeError(_("The rules cannot be run on this file: %(why)s") % {"why": value})
        return cast("tuple[Fault, ...]", value)

    def _start(self) -> Connection:
        if multiprocessing.current_process().daemon:
            raise JudgeError(_("Invoices are not checked from within a calculation."))
        # A fresh interpreter: SaxonC does not live through a copy of a process.
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        self._process = context.Process(target=answer, args=(there,), daemon=True)
        self._process.start()
        there.close()  # so that the end of the child is heard here
        self._line = here
        self._heard(here, WARM_UP, expected=READY)
        return here

    def _heard(self, line: Connection, seconds: float, *, expected: str = "") -> tuple[str, Any]:
        try:
            if not line.poll(seconds):
                self._end()
                raise JudgeError(
                    _("The process that checks invoices did not answer in %(seconds)d s.")
                    % {"seconds": seconds}
                )
            kind, value = line.recv()
        except (EOFError, OSError):
            raise _DiedError from None
        if expected and kind != expected:
            raise _DiedError
        return kind, value

    def _end(self) -> None:
        line, process = self._line, self._process
        self._line = self._process = None
        if line is not None:
            line.close()  # the child hears it and ends by itself
        if process is None:
            return
        process.join(GRACE)
        if process.is_alive():
            process.kill()
            process.join(GRACE)
        with contextlib.suppress(ValueError):  # not even a kill ended it yet
            process.close()


_JUDGE: Final = _Judge()
atexit.register(stop_judge)
