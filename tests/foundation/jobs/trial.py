"""A site of its own on a database of its own, whose background processes are really killed.

Called with a story and a folder, it prints what happened as JSON; the environment names the
database. The delays are a fifth of those of a real site.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from django.core.management import call_command
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from maillage.foundation.jobs import keeping, pulse, worker
from maillage.foundation.jobs.actions import cancel_run, start_run
from maillage.foundation.jobs.enums import ALIVE
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.registry import Outcome, background

PATIENCE = 60  # seconds after which a story has gone wrong
FOLDER = sys.argv[-1]
SILENCE = 6
LONG_ENOUGH = 40  # tenths of a second: work is still in its middle when it is seen there


@background("slow", title=_("Help"))
def slow(run: RunHandle, *, tenths: int) -> Outcome:
    for done in range(tenths):
        time.sleep(0.1)
        run.progress(done + 1, tenths)
    return Outcome(summary="done")


@background("again", title=_("Help"), again=True)
def again(run: RunHandle, *, tenths: int) -> Outcome:
    return slow(run, tenths=tenths)


def count(report: Callable[[object], None], path: str) -> int:
    """Write one's process id, then count for ever, without ever looking up."""
    Path(path).write_text(str(os.getpid()), encoding="ascii")
    report("counting")
    total = 0
    while True:
        total += 1


@background("counting", title=_("Help"))
def counting(run: RunHandle, *, path: str) -> None:
    run.in_child(count, path, on_report=run.best)


def work() -> int:
    """Be a background process, with short delays."""
    pulse.BEAT = 0.2
    pulse.SIGN_OF_LIFE = 0.5
    pulse.SILENCE = keeping.SILENCE = worker.SILENCE = SILENCE
    worker.WATCH = 0.5
    worker.POLL = 0.1
    return worker.work_until_told()


def background_process() -> subprocess.Popen[bytes]:
    return subprocess.Popen([*sys.orig_argv[:3], "work", FOLDER])


def until(run: Run, ready: Callable[[Run], bool]) -> Run:
    """Wait until a run is as one wants it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        run.refresh_from_db()
        if ready(run):
            return run
        time.sleep(0.05)
    raise TimeoutError(f"{run.kind} is {run.state} after {PATIENCE} seconds")


def ended(run: Run) -> bool:
    return run.state not in ALIVE


def killed() -> dict[str, object]:
    """Kill -9 a process in the middle of two runs, then start another."""
    first = background_process()
    lost = start_run(kind="slow", owner_id=uuid4(), arguments={"tenths": 600})
    until(lost, lambda one: one.done > 2)
    redone = start_run(kind="again", arguments={"tenths": LONG_ENOUGH})
    until(redone, lambda one: one.done > 2)
    first.kill()
    first.wait()
    began = time.monotonic()
    second = background_process()
    until(lost, ended)
    seconds = time.monotonic() - began
    until(redone, ended)
    second.terminate()
    with override("en"):
        words = lost.error
    return {
        "lost": [lost.state, lost.attempts, words],
        "redone": [redone.state, redone.attempts, redone.summary],
        "seconds": seconds,
        "code": second.wait(),
    }


def stopped() -> dict[str, object]:
    """Stop a process politely in the middle of a run."""
    first = background_process()
    run = start_run(kind="again", owner_id=uuid4(), arguments={"tenths": LONG_ENOUGH})
    until(run, lambda one: one.done > 2)
    began = time.monotonic()
    first.terminate()
    code = first.wait()
    seconds = time.monotonic() - began
    second = background_process()
    until(run, ended)
    second.terminate()
    second.wait()
    return {"code": code, "seconds": seconds, "state": run.state, "attempts": run.attempts}


def cancelled() -> dict[str, object]:
    """Cancel a calculation that never looks up."""
    process = background_process()
    path = Path(FOLDER) / "child"
    run = start_run(kind="counting", owner_id=uuid4(), arguments={"path": str(path)})
    until(run, lambda one: one.best == "counting")
    child = int(path.read_text(encoding="ascii"))
    cancel_run(run=run, actor_id=uuid4())
    until(run, ended)
    process.terminate()
    process.wait()
    return {"state": run.state, "child is gone": is_gone(child)}


def orphaned() -> dict[str, object]:
    """Kill -9 a process whose calculation runs in a child."""
    process = background_process()
    path = Path(FOLDER) / "child"
    run = start_run(kind="counting", owner_id=uuid4(), arguments={"path": str(path)})
    until(run, lambda one: one.best == "counting")
    process.kill()
    process.wait()
    child = int(path.read_text(encoding="ascii"))
    end = time.monotonic() + PATIENCE
    while not is_gone(child) and time.monotonic() < end:
        time.sleep(0.05)
    return {"child is gone": is_gone(child)}


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def shared() -> dict[str, object]:
    """Let two processes, as two machines would, share twenty runs."""
    processes = [background_process() for _each in range(2)]
    runs = [
        start_run(kind="slow", owner_id=uuid4() if n % 2 else None, arguments={"tenths": 1})
        for n in range(20)
    ]
    for run in runs:
        until(run, ended)
    for process in processes:
        process.terminate()
    return {
        "states": sorted({run.state for run in runs}),
        "attempts": sorted({run.attempts for run in runs}),
        "codes": [process.wait() for process in processes],
    }


STORIES = {story.__name__: story for story in (killed, stopped, cancelled, orphaned, shared)}


def main() -> None:
    """Play the story asked for, or be one of its background processes."""
    if sys.argv[1] == "work":
        sys.exit(work())
    call_command("migrate", verbosity=0)
    print(json.dumps(STORIES[sys.argv[1]]()))  # noqa: T201 - the test reads it
