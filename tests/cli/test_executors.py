import signal
import socket
import threading
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
        ("dask://localhost:8786", ("localhost", 8786)),
        ("dask://10.0.0.7:8786/", ("10.0.0.7", 8786)),
        ("dask://[::1]:8786", ("[::1]", 8786)),
    ],
)
def test_address_of_a_cluster_is_understood(given: str, address: tuple[str, int]) -> None:
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


def listening() -> socket.socket:
    """Return a service of another kind, on a port of its own."""
    service = socket.socket()
    service.bind(("127.0.0.1", 0))
    service.listen()
    return service


def refused(port: int) -> str:
    """Ask for a cluster at a port where there is none; return what is said within ten seconds."""
    started = time.monotonic()
    with pytest.raises(Refusal) as caught, open_executor(2, f"dask://127.0.0.1:{port}"):
        pytest.fail("there is nothing to compute on")
    assert time.monotonic() - started < 10
    return caught.value.message


def test_cluster_that_is_not_there_is_told() -> None:
    with listening() as service:
        port = service.getsockname()[1]
    assert refused(port) == (
        f"No Dask scheduler answers at dask://127.0.0.1:{port}: check the address, and that it "
        "runs."
    )
    assert refused(99_999).startswith("No Dask scheduler answers at dask://127.0.0.1:99999")


def test_service_that_never_says_a_word_is_not_a_cluster() -> None:
    with listening() as service:
        assert refused(service.getsockname()[1]).startswith("No Dask scheduler answers")


def test_service_that_says_something_else_is_not_a_cluster() -> None:
    def greet() -> None:
        line, _ = service.accept()
        with line:
            line.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")

    with listening() as service:
        greeting = threading.Thread(target=greet)
        greeting.start()
        assert refused(service.getsockname()[1]).startswith("No Dask scheduler answers")
        greeting.join()
