"""Where tasks run: here, in processes of this machine, or on a cluster.

An engine takes any `concurrent.futures.Executor`, or None for one task at a time, here.
"""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class SerialExecutor(Executor):
    """Runs each task at once, in the caller's thread."""

    def submit[**P, R](self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Run `fn` and return its outcome as a finished future."""
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 (handed to whoever asks for the result)
            future.set_exception(error)
        return future


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def process_pool(workers: int) -> Iterator[Executor]:
    """Yield a pool of `workers` fresh processes; on leaving, none is left running."""
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_leave_interrupts_to_the_parent,
    )
    try:
        yield pool
    finally:
        running: dict[int, Any] = getattr(pool, "_processes", None) or {}
        for process in list(running.values()):  # what it still does, nobody waits for any more
            process.terminate()
        pool.shutdown(wait=True, cancel_futures=True)
