"""What the page of a run says, in words."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from maillage.foundation.jobs.enums import ALIVE, RunState
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.queries import is_silent, waits_long
from maillage.foundation.jobs.registry import result_address
from maillage.web.ui.formats import nice_datetime, number

MINUTE: Final = 60
HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended: the look of the notice, its title, its sentences."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A run as its page shows it; `ending` is None as long as it waits or is in progress."""

    run: Run
    head: str
    detail: str
    ending: Ending | None
    can_cancel: bool
    result_url: str
    facts: list[tuple[str, str]]


def progress_of(run: Run) -> Progress:
    """Return what the page of a run shows."""
    alive = run.state in ALIVE
    return Progress(
        run=run,
        head=pgettext("background work", "In progress")
        if run.state == RunState.RUNNING
        else pgettext("background work", "Waiting"),
        detail=" ".join(part for part in (_counted(run), _detail(run)) if part) if alive else "",
        ending=None if alive else _ending(run),
        can_cancel=alive and run.cancel_requested_at is None,
        result_url="" if alive else result_address(run),
        facts=_facts(run),
    )


def _counted(run: Run) -> str:
    if not run.total:
        return ""
    return _("%(done)s of %(total)s.") % {"done": number(run.done), "total": number(run.total)}


def _detail(run: Run) -> str:
    if run.cancel_requested_at:
        return _("Stopping: what is being done now is brought to a clean end first.")
    if waits_long(run):
        return _(
            "Still waiting for its turn. If it does not start, tell whoever looks after the site: "
            "the background work may be stopped."
        )
    if run.state == RunState.QUEUED:
        return _("Waiting for its turn. You can close this page, the work goes on without it.")
    if is_silent(run):
        return _(
            "No news for a while: the server may have stopped. Within a minute of its return, this "
            "page says what became of the work."
        )
    return run.message or _("You can close this page, the work goes on without it.")


def _ending(run: Run) -> Ending:
    if run.state == RunState.SUCCEEDED:
        return Ending("ok", _("It is finished"), run.summary)
    if run.state == RunState.CANCELLED:
        return Ending("", _("Stopped at your request"), run.error)
    if run.state == RunState.LOST:
        return Ending("watch", _("Interrupted before its end"), run.error)
    return Ending("no", _("It could not be finished"), run.error)


def _facts(run: Run) -> list[tuple[str, str]]:
    facts = [(pgettext("background work", "Started on"), nice_datetime(run.queued_at))]
    if run.started_at and run.finished_at:
        facts.append((_("Time taken"), duration(run.finished_at - run.started_at)))
    if run.total:
        facts.append((pgettext("background work", "Done"), _counted(run).rstrip(".")))
    if run.best:
        facts.append((_("Best result"), run.best))
    return facts


def duration(length: timedelta) -> str:
    """Return how long something took, as people say it: 40 seconds, 3 minutes, 2 hours."""
    seconds = max(0, round(length.total_seconds()))
    if seconds < MINUTE:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    if seconds < HOUR:
        minutes = round(seconds / MINUTE)
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = round(seconds / HOUR)
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": number(hours)}
