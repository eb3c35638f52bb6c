import io
import os
import signal

import pytest
from django.utils import translation
from rich.console import Console

from maillage.cli import progress as module
from maillage.cli.progress import SearchProgress, phase_in_words, stop_on_interrupt
from maillage.launch.shared_jobs.outcome import Step


def quiet_console() -> tuple[Console, io.StringIO]:
    stream = io.StringIO()
    return Console(file=stream, width=120), stream


def living_console() -> tuple[Console, io.StringIO]:
    stream = io.StringIO()
    return Console(file=stream, width=120, force_terminal=True, color_system=None), stream


def said(stream: io.StringIO) -> str:
    return (
        stream.getvalue()
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("\N{NARROW NO-BREAK SPACE}", " ")
    )


def test_progress_in_a_file_is_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    console, stream = quiet_console()
    with SearchProgress(console) as progress:
        for seconds in (1, 2, 11, 12):
            now[0] = 100.0 + seconds
            progress.step(Step(seconds, "improving", 1000.0 + seconds, 1429.0))
    assert said(stream).splitlines() == [
        "Looking for the jobs these firms can share…",
        "1 s: 1,001 h a week so far, 1,429 h at most, looking for better jobs…",
        "11 s: 1,011 h a week so far, 1,429 h at most, looking for better jobs…",
    ]


def test_bound_is_not_told_before_it_is_proved() -> None:
    console, stream = quiet_console()
    with SearchProgress(console) as progress:
        progress.step(Step(0.5, "first_answer", 1248.0, None))
    assert said(stream).splitlines()[-1] == "0 s: 1,248 h a week so far, first answer found…"


def test_progress_on_a_terminal_is_one_living_line_in_the_language_in_use() -> None:
    console, stream = living_console()
    with translation.override("fr"):
        progress = SearchProgress(console)
    # The line is drawn later, by a thread that has no language of its own.
    with translation.override("en"), progress:
        progress.step(Step(0.5, "proving", 1248.0, 1429.0))
        assert progress._live is not None
        progress._live.refresh()
    assert "1 248 h réunies par semaine, 1 429 h possibles au plus" in said(stream)


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("first_answer", "first answer found"),
        ("improving", "looking for better jobs"),
        ("proving", "proving what is possible"),
        ("a phase to come", "looking for better jobs"),
    ],
)
def test_phase_is_said_in_words(phase: str, words: str) -> None:
    assert phase_in_words(phase) == words


def test_first_interruption_asks_to_stop_and_the_second_gives_up() -> None:
    before = signal.getsignal(signal.SIGINT)
    console, stream = quiet_console()
    progress = SearchProgress(console)
    with stop_on_interrupt(progress) as asked:
        assert not asked.is_set()
        os.kill(os.getpid(), signal.SIGINT)
        assert asked.is_set()
        progress.step(Step(9, "improving", 1.0, 2.0))
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert said(stream).splitlines() == [
        "Stopping with the best jobs so far (Ctrl-C again: give up)…"
    ]
    assert signal.getsignal(signal.SIGINT) is before
