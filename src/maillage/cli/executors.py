"""Where a search runs: here, in processes of this machine, or on a Dask cluster."""

import logging
import re
import signal
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

PATIENCE: Final = 8  # seconds to wait for a cluster's first answer
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


def check_address(address: str) -> str:
    """Return the address of a Dask scheduler as Dask writes it; raise `Refusal` when it is none."""
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
    return f"tcp://{found['host']}:{found['port']}"


@contextmanager
def _cluster(address: str) -> Iterator[tuple[Executor, int]]:
    scheduler = check_address(address)
    # Dask is an optional package, and slow to import: it is loaded only when asked for.
    connect: Any = resolve_name("distributed:Client")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say what happens ourselves
    try:
        client = connect(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise Refusal(
            _(
                "No Dask scheduler answers at %(address)s: check the address, and that the "
                "scheduler runs."
            )
            % {"address": address}
        ) from error
    with client:
        cores = sum(client.ncores().values())
        if not cores:
            raise Refusal(
                _("The Dask scheduler at %(address)s has no worker yet: start some.")
                % {"address": address}
            )
        yield client.get_executor(), cores
