"""Components that stand around a piece of the page: heads, sections, notes, ledger lines."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from maillage.web.ui.icons import icon

NOTE_ICONS = {"": "info", "ok": "ok", "watch": "warning", "no": "no"}


def _when(condition: object, template: str, *values: object) -> SafeString:
    return format_html(template, *values) if condition else SafeString()


def page_head(content: str, title: str, eyebrow: str = "", lede: str = "") -> SafeString:
    """Return the head of a page, its only h1; the content holds its buttons."""
    return format_html(
        '<div class="m-head"><div>{}<h1>{}</h1>{}</div>{}</div>',
        _when(eyebrow, '<p class="m-eyebrow">{}</p>', eyebrow),
        title,
        _when(lede, '<p class="m-lede">{}</p>', lede),
        _when(content.strip(), '<div class="m-row m-noprint">{}</div>', content),
    )


def section(
    content: str,
    title: str,
    *,
    note: str = "",
    link: str = "",
    link_label: str = "",
    level: int = 2,
    anchor: str = "",
) -> SafeString:
    """Return a part of a page under an ink rule, with its title and one link or note beside."""
    return format_html(
        '<section class="m-section" aria-label="{}"{}><div class="m-section__head">'
        "<h{}>{}</h{}>{}{}</div>{}</section>",
        title,
        _when(anchor, ' id="{}"', anchor),
        level,
        title,
        level,
        _when(note, '<p class="m-section__note">{}</p>', note),
        _when(link, '<a href="{}">{}</a>', link, link_label),
        content,
    )


def sheet(content: str) -> SafeString:
    """Return a card: one thing on its own sheet of paper."""
    return format_html('<div class="m-sheet">{}</div>', content)


def note(content: str, kind: str = "", title: str = "") -> SafeString:
    """Return a notice; `kind` is ok, watch, no, or "" for plain information."""
    return format_html(
        '<div class="m-note{}">{}<div>{}{}</div></div>',
        _when(kind, " m-note--{}", kind),
        icon(NOTE_ICONS[kind]),
        _when(title, '<p class="m-note__title">{}</p>', title),
        _when(content.strip(), '<div class="m-small">{}</div>', content),
    )


def entry(
    content: str, number: int, say: str, *, why: str = "", meta: str = "", hot: bool = False
) -> SafeString:
    """Return one line of a ledger: a sentence, its reason, and in the content one button."""
    line = _when(meta, '<p class="m-entry__meta">{}</p>', meta)
    if meta and hot:
        line = format_html(
            '<p class="m-entry__meta"><span class="m-tag m-tag--watch">{}{}</span></p>',
            icon("clock"),
            meta,
        )
    return format_html(
        '<li class="m-entry{}"><div class="m-entry__no" aria-hidden="true">{}</div>'
        '<div class="m-entry__body"><div>{}<h3 class="m-entry__say">{}</h3>{}</div>'
        '<div class="m-entry__act">{}</div></div></li>',
        " m-entry--hot" if hot else "",
        number,
        line,
        say,
        _when(why, '<p class="m-why"><b>{}</b> {}</p>', _("Why:"), why),
        content,
    )


def scroll(content: str, label: str) -> SafeString:
    """Return a part that a wide table may scroll in, reachable by keyboard."""
    return format_html(
        '<div class="m-scroll" tabindex="0" role="group" aria-label="{}">{}</div>', label, content
    )


def more(content: str, summary: str) -> SafeString:
    """Return something that opens when its summary is touched."""
    return format_html(
        '<details class="m-more"><summary>{}</summary><div>{}</div></details>', summary, content
    )
