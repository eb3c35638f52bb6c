"""The `maillage` command as a whole: its language, its version, its commands, its way to end."""

import errno
import os
import sys
from typing import Any, TextIO, override

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from maillage import __version__
from maillage.cli import INTERRUPTED
from maillage.cli.demonstration import demo_command, keep_apart
from maillage.cli.errors import DEBUG_VARIABLE, UNUSABLE, Fault, Refusal
from maillage.cli.language import language_of, speak
from maillage.cli.options import language_option
from maillage.cli.pooling import pool_command
from maillage.cli.roster import roster_command
from maillage.cli.serving import manage_command, serve_command, work_command
from maillage.engines.kernel.errors import InstanceError
from maillage.launch.shared_jobs.contract_file import ContractFileError
from maillage.launch.shared_jobs.needs_file import NeedsFileError


class Program(click.Group):
    """All the commands; whatever goes wrong in one ends with a sentence."""

    @override
    def invoke(self, ctx: click.Context) -> Any:
        """Run the command asked for."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except (NeedsFileError, ContractFileError) as error:
            raise Refusal(str(error)) from error
        except InstanceError as error:
            raise Refusal(
                _("The needs cannot be used: %(where)s, %(field)s: %(message)s.")
                % {"where": error.row, "field": error.field, "message": error.message}
            ) from error
        except KeyboardInterrupt:
            click.echo(_("Given up: no result was written."), err=True)
            ctx.exit(INTERRUPTED)
        except Exception as error:
            # The reader of a pipe has gone away; click ends quietly then.
            gone = isinstance(error, OSError) and error.errno == errno.EPIPE
            if gone or os.environ.get(DEBUG_VARIABLE):
                raise
            raise Fault(error) from error


def build_program() -> Program:
    """Return the `maillage` command, its help in the language in use."""
    return Program(
        "maillage",
        commands=[
            pool_command(),
            roster_command(),
            demo_command(),
            serve_command(),
            work_command(),
            manage_command(),
        ],
        subcommand_metavar=_("COMMAND"),
        params=[language_option(), _version_option()],
        help=_("Find what small firms can do together, and first the jobs they can share."),
    )


def _version_option() -> click.Option:
    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_version,
        help=_("Show the version and exit."),
    )


def _show_version(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"maillage {__version__}")
        ctx.exit()


def main() -> None:
    """Run the `maillage` command on the arguments of the process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    keep_apart(sys.argv[1:], os.environ)
    try:
        django.setup()
    except ImproperlyConfigured as error:
        # In English: without settings there is no other language yet.
        click.echo(f"Error: {error}", err=True)
        sys.exit(UNUSABLE)
    for stream in (sys.stdout, sys.stderr):
        _never_fail_on_a_letter(stream)
    speak(language_of(sys.argv[1:], os.environ))
    build_program().main(prog_name="maillage")


def _never_fail_on_a_letter(stream: TextIO) -> None:
    """Show letters that a terminal does not know as question marks, rather than end there."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")
