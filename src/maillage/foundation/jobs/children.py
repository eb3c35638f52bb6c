"""Long calculations in a process of their own, which can be ended at any moment."""

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final, cast

import django

PATIENCE: Final = 0.2  # seconds between two checkpoints
GRACE: Final = 2.0  # seconds given to a process to end by itself
NICENESS: Final = 10  # the pages come before the calculations

REPORT: Final = "report"
RESULT: Final = "result"
ERROR: Final = "error"


class ChildDiedError(RuntimeError):
    """Raised when the process of a calculation ended without an answer."""


def run_in_child[R](
    function: Callable[..., R],
    arguments: tuple[Any, ...],
    *,
    on_report: Callable[[Any], None] | None,
    checkpoint: Callable[[], None],
) -> R:
    """Return `function(report, *arguments)`, computed in a child process.

    `checkpoint` is called several times a second; what it raises ends the child and passes on.
    """
    # A fresh interpreter: a copy of this process would share its connections and its locks.
    context = multiprocessing.get_context("spawn")
    call = pickle.dumps((function, arguments))
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_compute, args=(there, call), daemon=True)
    child.start()
    there.close()  # so that the end of the child is heard here
    try:
        return cast("R", _listen(here, on_report, checkpoint))
    finally:
        here.close()
        _end(child)


def _listen(
    here: Connection, on_report: Callable[[Any], None] | None, checkpoint: Callable[[], None]
) -> Any:
    while True:
        checkpoint()
        if not here.poll(PATIENCE):
            continue
        try:
            kind, value = here.recv()
        except EOFError:
            raise ChildDiedError("The process of a calculation ended without an answer.") from None
        if kind == RESULT:
            return value
        if kind == ERROR:
            raise value
        if on_report:
            on_report(value)


def _end(child: Any) -> None:
    child.join(0 if child.is_alive() else GRACE)
    if child.is_alive():
        child.terminate()
        child.join(GRACE)
    if child.is_alive():
        child.kill()
        child.join(GRACE)


def _compute(there: Connection, call: bytes) -> None:
    """Compute, in the child, and send the answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server alone to hear
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()

    def report(value: Any) -> None:
        there.send((REPORT, value))

    try:
        django.setup()  # the function may live in a module that declares tables, or beside one
        function, arguments = pickle.loads(call)  # noqa: S301 - written by the parent just above
        answer = (RESULT, function(report, *arguments))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised again in the parent
        error.add_note(f"in the child process {os.getpid()}")
        answer = (ERROR, error)
    there.send(answer)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, even killed."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
