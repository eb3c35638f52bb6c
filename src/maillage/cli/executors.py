"""Where a search runs: here, in processes of this machine, or on a Dask cluster."""

import logging
import re
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib.util import find_spec
from pkgutil import resolve_name
from typing import Any, Final

from django.utils.translation import gettext as _

from maillage.cli.errors import Refusal
from maillage.engines.kernel.executors import process_pool
from maillage.engines.pooling.solve import solve

PATIENCE: Final = 4  # seconds for each step towards a cluster
GREETING: Final = 8  # bytes by which a scheduler announces how long its first words are
LONGEST_GREETING: Final = 1_000_000
ADDRESS: Final = re.compile(r"dask://(?P<host>[^\s/:]+|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})/?")


@contextmanager
def open_executor(workers: int, address: str | None) -> Iterator[tuple[Executor | None, int]]:
    """Yield an executor and how many tasks it runs at once; no executor means: in this process.

    Raises `Refusal` when the cluster at `address` cannot be used.
    """
    if address:
        with _cluster(address) as (executor, cores):
            yield executor, cores
    elif workers == 1:
        yield None, 1
    else:
        with process_pool(workers) as executor:
            _start(executor, workers)
            yield executor, workers


def _start(executor: Executor, workers: int) -> None:
    """Start the processes of a pool, deaf to Ctrl-C, which is for the command alone to hear.

    A process inherits the signals that are blocked when it starts; it would otherwise hear
    Ctrl-C, and end, until it has loaded enough to ignore it.
    """
    blocked = {signal.SIGINT} if hasattr(signal, "pthread_sigmask") else set()
    if blocked:
        signal.pthread_sigmask(signal.SIG_BLOCK, blocked)
    try:
        for _worker in range(workers):
            executor.submit(id, solve)  # what it is given makes a process load the engine
    finally:
        if blocked:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, blocked)


def check_address(address: str) -> tuple[str, int]:
    """Return the host and port of a Dask scheduler; raise `Refusal` when they are none."""
    found = ADDRESS.fullmatch(address)
    if not found:
        raise Refusal(
            _("--executor: “%(address)s” is not an address: write dask://HOST:PORT.")
            % {"address": address}
        )
    if find_spec("distributed") is None:
        raise Refusal(
            _(
                "--executor needs the package of Dask, which is not installed: install Maillage "
                "with it, pip install “maillage[cluster]”."
            )
        )
    return found["host"], int(found["port"])


@contextmanager
def _cluster(address: str) -> Iterator[tuple[Executor, int]]:
    host, port = check_address(address)
    if not _greets(host.strip("[]"), port):
        raise _no_answer(address)
    # Dask is an optional package, and slow to import: it is loaded only when asked for.
    connect: Any = resolve_name("distributed:Client")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say what happens ourselves
    try:
        client = connect(f"tcp://{host}:{port}", timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise _no_answer(address) from error
    with client:
        cores = sum(client.ncores().values())
        if not cores:
            raise Refusal(
                _("The Dask scheduler at %(address)s has no worker yet: start some.")
                % {"address": address}
            )
        yield client.get_executor(), cores


def _greets(host: str, port: int) -> bool:
    """Tell whether something greets there as a Dask scheduler does, in a few seconds.

    Dask itself waits for ever for the first words of a service that has none to say, and takes
    those of another kind of service for a length in bytes.
    """
    try:
        with socket.create_connection((host, port), timeout=PATIENCE) as line:
            start = line.recv(GREETING, socket.MSG_WAITALL)
    except (OSError, OverflowError):
        return False
    return len(start) == GREETING and int.from_bytes(start, "little") < LONGEST_GREETING


def _no_answer(address: str) -> Refusal:
    return Refusal(
        _("No Dask scheduler answers at %(address)s: check the address, and that it runs.")
        % {"address": address}
    )
