"""What an installation needs before it serves: a free port, a folder, a secret, tables, styles."""

import errno
import os
import socket
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from maillage.cli.errors import Refusal
from maillage.config import environment
from maillage.config.secret_key import keep_secret

PRIVATE: Final = 0o700
EVERYWHERE: Final = {"0.0.0.0", "::"}  # noqa: S104 - recognised, never chosen for anybody
HERE: Final = {"127.0.0.1", "localhost", "::1"}
PATIENCE: Final = 1.0  # seconds


def check_port(host: str, port: int) -> None:
    """Raise `Refusal` when nothing can listen there."""
    try:
        family, kind, protocol, _name, address = _resolved(host, port)
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # elsewhere this would allow two servers on one port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Refusal(_why_not(error, host, port)) from error


def _resolved(host: str, port: int) -> Any:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]


def _why_not(error: OSError, host: str, port: int) -> str:
    values = {"host": host, "port": port, "reason": error.strerror or error}
    if error.errno == errno.EADDRINUSE:
        return (
            _(
                "The port %(port)d is taken by another program: stop it, or choose another port "
                "with --port."
            )
            % values
        )
    if error.errno == errno.EACCES:
        return (
            _("This account may not listen on the port %(port)d: choose one from 1024 on.") % values
        )
    return _("Nothing can listen on %(host)s, port %(port)d: %(reason)s.") % values


def is_answered(host: str, port: int) -> bool:
    """Tell whether something listens there."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - see above
    try:
        with socket.create_connection((here, port), timeout=PATIENCE):
            return True
    except OSError:
        return False


def address_of(host: str, port: int) -> str:
    """Return the address to open in a browser.

    Unless the environment says better, the site that is about to start uses it in its mails, and
    answers under it.
    """
    known = environment.text("ADDRESS", "")
    if known:
        return known
    name = "localhost" if host in HERE | EVERYWHERE else host
    shown = f"http://{f'[{name}]' if ':' in name else name}:{port}"
    os.environ[f"{environment.PREFIX}ADDRESS"] = shown
    if not environment.text("HOSTS", "") and name != "localhost":
        os.environ[f"{environment.PREFIX}HOSTS"] = f"localhost,127.0.0.1,[::1],{name}"
    return shown


def prepare(*, pages: bool = True) -> None:
    """Create the data folder, the secret and the tables, or bring them up to date.

    `pages` collects the styles and scripts of the pages too. Raises `Refusal` with a sentence when
    something cannot be made.
    """
    prepare_folder()
    try:
        if pages and not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as error:
        raise _unusable_folder(error) from error
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise Refusal(
            _(
                "The database cannot be used: check MAILLAGE_DATABASE, then start again. It "
                "answers: %(reason)s"
            )
            % {"reason": " ".join(str(error).split())}
        ) from error
    finally:
        connection.close()


def prepare_folder() -> None:
    """Create the data folder and the secret; raise `Refusal` when they cannot be made."""
    try:
        settings.DATA.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        if not environment.secret("SECRET", ""):
            settings.SECRET_KEY = keep_secret(settings.DATA)
    except ImproperlyConfigured as error:
        raise Refusal(str(error)) from error
    except OSError as error:
        raise _unusable_folder(error) from error


def _unusable_folder(error: OSError) -> Refusal:
    return Refusal(
        _("The data folder %(folder)s cannot be used: %(reason)s. Set MAILLAGE_DATA.")
        % {"folder": settings.DATA, "reason": error.strerror or error}
    )
