"""Components made of several lines: figures, agenda, decisions, definitions, runs, empty places."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from maillage.web.ui.help import HELP_TEXTS
from maillage.web.ui.marks import mark
from maillage.web.ui.parts import AgendaLine, Decision, Figure
from maillage.web.ui.tags.inline import visibility

NOT_GIVEN = '<span class="m-muted">{}</span>'


def figures(
    items: Iterable[Figure], *, title: str = "", subtitle: str = "", phase: str = ""
) -> dict[str, object]:
    """Return figures to be read at a glance, under the name of a phase when one is given."""
    return {
        "items": tuple(items),
        "title": title,
        "subtitle": subtitle,
        "mark": mark(phase, 26) if phase else "",
    }


def agenda(items: Iterable[AgendaLine]) -> dict[str, object]:
    """Return what happens, day by day."""
    return {"items": tuple(items)}


def ledger(items: Iterable[Decision], *, primary_first: bool = True) -> dict[str, object]:
    """Return the things to decide; the first button is the solid one unless told otherwise."""
    return {"items": tuple(items), "primary_first": primary_first}


def definitions(items: Iterable[Sequence[object]]) -> SafeString:
    """Return labels and their values: (label, value) or (label, value, level of visibility)."""
    lines = []
    for label, value, *level in items:
        given = value is not None and value != ""
        shown = value if given else format_html(NOT_GIVEN, _("not given"))
        seen_by = visibility(str(level[0])) if level and level[0] else ""
        lines.append((label, shown, seen_by))
    return format_html(
        '<dl class="m-def">{}</dl>',
        format_html_join("", "<div><dt>{}</dt><dd><span>{}</span> {}</dd></div>", lines),
    )


def empty(
    title: str, *, text: str = "", url: str = "", label: str = "", post: bool = False
) -> dict[str, object]:
    """Return what stands where nothing is yet: what it will be, and what to do next."""
    return {
        "title": title,
        "text": text,
        "url": url,
        "label": label,
        "post": post,
        "mark": mark("empty", 56),
    }


def runbox(
    title: str,
    *,
    detail: str = "",
    done: int | None = None,
    total: int | None = None,
    cancel_url: str = "",
    poll_url: str = "",
    best: str = "",
) -> dict[str, object]:
    """Return how far a long task is; `poll_url` makes it look again every two seconds."""
    known = done is not None and bool(total)
    return {
        "title": title,
        "detail": detail,
        "best": best,
        "done": done if known else "",
        "total": total if known else "",
        "known": known,
        "running": bool(poll_url or cancel_url),
        "cancel_url": cancel_url,
        "poll_url": poll_url,
    }


def print_header(title: str, subtitle: str = "") -> dict[str, object]:
    """Return the head of a printed page."""
    return {"title": title, "subtitle": subtitle, "mark": mark("full", 32)}


def help_text(key: str) -> dict[str, object]:
    """Return the explanation registered under a key; an unknown key raises KeyError."""
    return {"help": HELP_TEXTS[key]}
