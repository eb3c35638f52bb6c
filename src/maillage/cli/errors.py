"""How a command ends when it cannot do its work: one sentence, never a traceback."""

from typing import Final

import click
from django.utils.translation import gettext as _

from maillage.launch.shared_jobs.reports.terminal import printable

UNUSABLE: Final = 2
FAULT: Final = 1
DEBUG_VARIABLE: Final = "MAILLAGE_DEBUG"


class Refusal(click.ClickException):
    """Files or options that cannot be used: one sentence says where, and what to do."""

    exit_code = UNUSABLE

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


class Fault(Refusal):
    """A fault of ours: said plainly, with the way to see its details."""

    exit_code = FAULT

    def __init__(self, error: BaseException) -> None:
        name = type(error).__name__
        super().__init__(
            _(
                "Maillage met a fault of its own (%(error)s), and wrote nothing more. Run the "
                "command again with %(variable)s=1 before it to see the details, and send them "
                "to us."
            )
            % {"error": f"{name}: {error}" if str(error) else name, "variable": DEBUG_VARIABLE}
        )
