"""`maillage serve`: the site and its background work, in one group of processes.

The group lives and dies as a whole. Whoever starts it (a terminal, a service manager) sees one
process: when it ends, nothing is left; when any part of it dies, all of it stops and says so.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pkgutil import resolve_name
from time import monotonic
from typing import Any, Final, Self

import click
from django.utils.translation import gettext as _

from maillage.cli.errors import FAULT, Refusal
from maillage.cli.options import Quantity, language_option, option
from maillage.cli.preparing import address_of, check_port, is_answered, prepare, prepare_folder

PORT: Final = 8000
LARGEST_PORT: Final = 65_535
MOST_WORKERS: Final = 64
THREADS: Final = 4  # requests that one web process answers at the same time
LOOK: Final = 0.2  # seconds between two looks at a port
START: Final = 60.0  # seconds given to the site to answer for the first time
NEED_TABLES: Final = {"createsuperuser", "changepassword", "shell", "dbshell"}
GRACE: Final = 12.0  # seconds given to a process to end what it is doing


def serve_command() -> click.Command:
    """Return `maillage serve`, its help in the language in use."""
    return click.Command(
        "serve",
        callback=serve,
        params=[
            option(
                "--host",
                str,
                _("The address to listen on; 0.0.0.0 for every network of this machine."),
                metavar=_("ADDRESS"),
                default="127.0.0.1",
            ),
            option(
                "--port",
                Quantity(1, LARGEST_PORT, whole=True),
                _("The port to listen on."),
                metavar="N",
                default=PORT,
            ),
            option(
                "--workers",
                Quantity(1, MOST_WORKERS, whole=True),
                _("How many processes answer requests."),
                metavar="N",
                default=2,
            ),
            click.Option(
                ["--no-background"],
                is_flag=True,
                help=_("Only the pages: the background work is done by “maillage work” elsewhere."),
            ),
            language_option(),
        ],
        short_help=_("Serve the site."),
        help=_(
            "Serve the site and do its background work. The first time, this creates the data "
            "folder and the database; later, it brings them up to date. Ctrl-C stops everything."
        ),
    )


def work_command() -> click.Command:
    """Return `maillage work`, its help in the language in use."""
    return click.Command(
        "work",
        callback=_work,
        params=[language_option()],
        short_help=_("Do the background work only."),
        help=_(
            "Do the background work of a site whose pages are served elsewhere, for an "
            "installation on several machines. Ctrl-C stops it; what was being done is taken up by "
            "another machine, or said to be interrupted."
        ),
    )


def manage_command() -> click.Command:
    """Return `maillage manage`, its help in the language in use."""
    return click.Command(
        "manage",
        callback=_manage,
        params=[click.Argument(["arguments"], nargs=-1, type=click.UNPROCESSED), language_option()],
        context_settings={"ignore_unknown_options": True},
        short_help=_("Administrators: run a command of Django."),
        help=_(
            "Run a management command of Django, such as “createsuperuser”; without any, list them."
        ),
    )


def serve(host: str, port: int, workers: int, *, no_background: bool = False) -> None:
    """Serve the site and do its background work until told to stop.

    Raises Refusal with a sentence when it cannot start, or when a part of it ends by itself.
    """
    check_port(host, port)
    address = address_of(host, port)
    prepare()
    group = Group()
    group.add(_("The web server"), serve_web, host, port, workers)
    if not no_background:
        group.add(_("The background work"), work)
    with _stopped_by_signals() as stopped, group:
        _wait_for_answer(group, host, port, stopped)
        if not stopped.is_set():
            click.echo(_("Maillage is at %(address)s. Ctrl-C stops it.") % {"address": address})
        while not stopped.is_set() and not group.dead():
            group.wait(1)
    _tell_death(group)


def _work() -> None:
    prepare(pages=False)
    group = Group()
    group.add(_("The background work"), work)
    with _stopped_by_signals() as stopped, group:
        click.echo(_("Doing the background work. Ctrl-C stops it."))
        while not stopped.is_set() and not group.dead():
            group.wait(1)
    _tell_death(group)


def _manage(arguments: tuple[str, ...]) -> None:
    if arguments and arguments[0] in NEED_TABLES:
        prepare(pages=False)
    else:
        prepare_folder()
    run: Callable[[list[str]], None] = resolve_name(
        "django.core.management:execute_from_command_line"
    )
    run(["maillage manage", *(arguments or ["help"])])


class GroupDied(Refusal):
    """A part of the site ended by itself, and took the others with it."""

    exit_code = FAULT


@dataclass(slots=True)
class Group:
    """Processes that live and die together."""

    parts: dict[str, BaseProcess] = field(default_factory=dict)
    fallen: tuple[str, int] | None = None  # who ended by itself, and its exit code

    def add(self, name: str, target: Callable[..., Any], *arguments: Any) -> None:
        """Add a process, started with the others."""
        context = multiprocessing.get_context("spawn")
        self.parts[name] = context.Process(target=target, args=arguments)

    def __enter__(self) -> Self:
        """Start every process, deaf to Ctrl-C, which is for this one alone to hear."""
        deaf = {signal.SIGINT} if hasattr(signal, "pthread_sigmask") else set()
        if deaf:
            signal.pthread_sigmask(signal.SIG_BLOCK, deaf)
        try:
            for part in self.parts.values():
                part.start()
        finally:
            if deaf:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, deaf)
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop every process: ask first, then insist."""
        for part in self.parts.values():
            part.terminate()
        end = monotonic() + GRACE
        for part in self.parts.values():
            part.join(max(0.0, end - monotonic()))
            if part.is_alive():
                part.kill()
                part.join()

    def wait(self, seconds: float) -> None:
        """Wait until a process ends, or until the time has passed."""
        wait([part.sentinel for part in self.parts.values()], timeout=seconds)

    def dead(self) -> bool:
        """Tell whether a process ended by itself, and remember the first one."""
        if self.fallen is None:
            self.fallen = next(
                (
                    (name, part.exitcode)
                    for name, part in self.parts.items()
                    if part.exitcode is not None
                ),
                None,
            )
        return self.fallen is not None


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """Yield an event that Ctrl-C, or a service manager, sets."""
    stopped = threading.Event()
    names = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(name, lambda _signal, _frame: stopped.set()) for name in names]
    try:
        yield stopped
    finally:
        for name, handler in zip(names, before, strict=True):
            signal.signal(name, handler)


def _wait_for_answer(group: Group, host: str, port: int, stopped: threading.Event) -> None:
    end = monotonic() + START
    while monotonic() < end and not stopped.is_set() and not group.dead():
        if is_answered(host, port):
            return
        group.wait(LOOK)


def _tell_death(group: Group) -> None:
    if group.fallen is None:
        return
    name, code = group.fallen
    raise GroupDied(
        _(
            "%(part)s stopped by itself (code %(code)d), so everything was stopped. The lines "
            "above say why. Start again; unfinished work is taken up or said to be interrupted."
        )
        % {"part": name, "code": code}
    )


def serve_web(host: str, port: int, workers: int) -> None:
    """Answer requests, in a process of the group, until told to stop."""
    _end_with_the_group()
    # Only this process loads the server: the other commands are spared it.
    server: Any = resolve_name("granian:Granian")
    server(
        "maillage.config.wsgi:application",
        address=host,
        port=port,
        interface="wsgi",
        workers=workers,
        blocking_threads=THREADS,
        workers_kill_timeout=int(GRACE) // 2,
        log_level="warning",
    ).serve()


def work() -> None:
    """Do the background work, in a process of the group, until told to stop."""
    _end_with_the_group()
    resolve_name("django:setup")()
    sys.exit(resolve_name("maillage.foundation.jobs.worker:work_until_told")())


def _end_with_the_group() -> None:
    """Stop this process when the one that started it is gone, even killed."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent:
            parent.join()
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
