"""The process that runs the rules: it dies, it hangs, and it never says yes for that."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any

import pytest

from maillage.run.billing.files import schematron, schematron_child
from maillage.run.billing.files.cii import cii_of
from maillage.run.billing.files.refusals import JudgeError
from maillage.run.billing.files.schematron import judge, stop_judge
from tests.run.billing.files.cases import berlin_invoice, member_invoice

XML = cii_of(member_invoice())


def process() -> Any:
    running = schematron._JUDGE._process
    assert running is not None
    return running


def hang_up(there: Connection) -> None:
    there.close()


def say_nothing(there: Connection) -> None:
    there.send((schematron_child.READY, None))
    threading.Event().wait()


@pytest.fixture
def _own_judge() -> Iterator[None]:
    """Another process than the warm one: what these stories start is not what others use."""
    stop_judge()
    yield
    stop_judge()


def test_one_process_judges_every_file() -> None:
    assert judge(XML) == ()
    first = process().pid
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(judge, [XML, cii_of(berlin_invoice())] * 6)) == [()] * 12
    assert process().pid == first


def test_killed_process_is_started_again() -> None:
    judge(XML)
    killed = process().pid
    os.kill(killed, signal.SIGKILL)
    assert judge(XML) == ()
    assert process().pid != killed


@pytest.mark.usefixtures("_own_judge")
def test_process_that_dies_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schematron, "answer", hang_up)
    with pytest.raises(JudgeError, match=r"ended twice without an answer\.$"):
        judge(XML)
    assert schematron._JUDGE._process is None


@pytest.mark.usefixtures("_own_judge")
def test_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schematron, "answer", say_nothing)
    monkeypatch.setattr(schematron, "PATIENCE", 0.2)
    monkeypatch.setattr(schematron, "GRACE", 0.1)
    with pytest.raises(JudgeError, match="did not answer"):
        judge(XML)
    assert schematron._JUDGE._process is None
    assert not [one for one in multiprocessing.active_children() if one.is_alive()]


def test_interrupted_question_leaves_no_answer_for_the_next_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judge(XML)

    def interrupted(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(schematron._Judge, "_heard", interrupted)
        with pytest.raises(KeyboardInterrupt):
            judge(XML.replace(b">AAB<", b">AAI<"))
    assert schematron._JUDGE._process is None
    assert judge(XML) == ()


def test_what_cannot_be_judged_is_not_right() -> None:
    for content in (b"", b"<half", b"<other/>"):
        with pytest.raises(JudgeError, match="cannot be run on this file"):
            judge(content)
    assert judge(XML) == ()  # and the process lives on


def test_stopped_process_starts_again_when_needed() -> None:
    judge(XML)
    running = process()
    stop_judge()
    assert schematron._JUDGE._process is None
    with pytest.raises(ValueError, match="closed"):
        running.is_alive()
    assert judge(XML) == ()
