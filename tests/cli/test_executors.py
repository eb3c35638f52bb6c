import signal
import socket
import time
from importlib import util

import pytest

from maillage.cli import executors
from maillage.cli.errors import Refusal
from maillage.cli.executors import check_address, open_executor


def interrupts_blocked() -> bool:
    """Tell, in a worker, whether it is deaf to Ctrl-C."""
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_one_worker_is_this_very_process() -> None:
    with open_executor(1, None) as (executor, at_once):
        assert (executor, at_once) == (None, 1)


def test_workers_are_deaf_to_the_interruption_of_the_command() -> None:
    with open_executor(2, None) as (executor, at_once):
        assert at_once == 2
        assert executor is not None
        assert executor.submit(interrupts_blocked).result()
    assert not interrupts_blocked()


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("dask://localhost:8786", "tcp://localhost:8786"),
        ("dask://10.0.0.7:8786/", "tcp://10.0.0.7:8786"),
        ("dask://[::1]:8786", "tcp://[::1]:8786"),
    ],
)
def test_address_of_a_cluster_is_understood(given: str, address: str) -> None:
    assert check_address(given) == address


@pytest.mark.parametrize(
    "given", ["localhost:8786", "dask://localhost", "tcp://localhost:8786", "dask://a b:1", "dask"]
)
def test_address_of_anything_else_is_refused(given: str) -> None:
    with pytest.raises(Refusal, match="is not an address: write dask://HOST:PORT"):
        check_address(given)


def test_missing_package_of_dask_is_told_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = util.find_spec
    monkeypatch.setattr(
        executors, "find_spec", lambda name: None if name == "distributed" else known(name)
    )
    with pytest.raises(Refusal, match=r"pip install “maillage\[cluster\]”"):
        check_address("dask://localhost:8786")


def test_cluster_that_does_not_answer_is_told_within_ten_seconds() -> None:
    with socket.socket() as silent:  # somebody listens, and never says a word
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"dask://127.0.0.1:{silent.getsockname()[1]}"
        started = time.monotonic()
        with (
            pytest.raises(Refusal, match=f"No Dask scheduler answers at {address}"),
            open_executor(2, address),
        ):
            pytest.fail("there is nothing to compute on")
        assert time.monotonic() - started < 10
