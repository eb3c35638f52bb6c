"""Tasks run here or in processes, and no process outlives its pool."""

import os
import signal
import time
from multiprocessing import active_children

import pytest

from maillage.engines.kernel.executors import SerialExecutor, process_pool


def test_task_done_here_is_done_when_handed_in() -> None:
    future = SerialExecutor().submit(pow, 2, exp=10)

    assert future.done()
    assert future.result() == 1024


def test_task_that_fails_here_says_so_when_asked() -> None:
    future = SerialExecutor().submit(int, "bread")

    with pytest.raises(ValueError, match="invalid literal"):
        future.result()


def test_pool_works_in_other_processes_that_leave_interrupts_to_the_parent() -> None:
    with process_pool(1) as pool:
        somewhere = pool.submit(os.getpid).result()
        interrupts = pool.submit(signal.getsignal, signal.SIGINT).result()

    assert somewhere != os.getpid()
    assert interrupts == signal.SIG_IGN
    assert active_children() == []


def test_leaving_a_busy_pool_waits_for_nobody() -> None:
    with process_pool(1) as pool:
        pool.submit(os.getpid).result()  # the worker is up
        endless = pool.submit(time.sleep, 3600)
        never_begun = [pool.submit(time.sleep, 3600) for _ in range(3)]
        while not endless.running():
            time.sleep(0.01)

    assert active_children() == []
    assert all(future.done() for future in (endless, *never_begun))


def test_pool_is_cleared_when_the_work_in_it_fails() -> None:
    def stopped_by_hand() -> None:
        with process_pool(1) as pool:
            pool.submit(os.getpid).result()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped_by_hand()

    assert active_children() == []
