"""Small components that stand inside a line: badges, initials, buttons that act, visibility."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.web.ui.formats import initials_of
from maillage.web.ui.icons import icon, icon_or_nothing

BADGE_ICONS = {"ok": "check", "watch": "clock", "no": "close"}

# For each level: its icon, its name, who sees what is marked so.
LEVELS: dict[str, tuple[str, str | Promise, str | Promise]] = {
    "private": ("lock", gettext_lazy("Private"), gettext_lazy("You and the animator.")),
    "matched": (
        "matched",
        gettext_lazy("Matched"),
        gettext_lazy("Also the firm you were matched with, once both of you said yes."),
    ),
    "network": (
        "network",
        gettext_lazy("Network"),
        gettext_lazy("Also the members of the network, except your declared competitors."),
    ),
    "public": ("public", gettext_lazy("Public"), gettext_lazy("Everybody, in the directory.")),
}


def badge(text: str, kind: str = "", *, icon: str = "") -> SafeString:
    """Return a small label; ok, watch and no bring their icon, plain has no border."""
    return format_html(
        '<span class="m-tag{}">{}{}</span>',
        f" m-tag--{kind}" if kind else "",
        icon_or_nothing(icon or BADGE_ICONS.get(kind, "")),
        text,
    )


def initials(name: str, shape: str = "person") -> SafeString:
    """Return the initials of a person in a circle, or of a firm in a square."""
    look = "m-firm__mono" if shape == "firm" else "m-initials"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', look, initials_of(name))


def visibility(level: str) -> SafeString:
    """Return the badge that says who sees the value beside it; an unknown level raises KeyError."""
    picture, name, who = LEVELS[str(level)]
    return format_html(
        '<span class="m-vis m-vis--{}" title="{}">{}{}</span>', level, who, icon(picture), name
    )


def visibility_legend() -> dict[str, object]:
    """Return the four levels, each with its badge and who sees what is marked so."""
    return {"levels": [(visibility(level), who) for level, (_i, _n, who) in LEVELS.items()]}


def visibility_line(text: str, level: str = "private") -> SafeString:
    """Return the sentence that says, under a form, who will see the answers."""
    return format_html('<p class="m-vis-line">{}<span>{}</span></p>', icon(LEVELS[level][0]), text)


def post_button(
    url: str,
    label: str,
    *,
    kind: str = "outline-primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    small: bool = False,
    block: bool = False,
) -> dict[str, object]:
    """Return what a button that acts at once needs: it is a form, so it works everywhere."""
    look = f"btn btn-{kind}{' btn-sm' if small else ''}{' m-btn-block' if block else ''}"
    fields = {name: value} if name else {}
    return {
        "url": url,
        "label": label,
        "look": look,
        "icon": icon_or_nothing(icon),
        "fields": fields,
    }


def back_link(url: str, label: str) -> SafeString:
    """Return the link, above the head of a page, to where it was reached from."""
    return format_html(
        '<p class="m-back m-noprint"><a href="{}">{}{}</a></p>', url, icon("back"), label
    )


def crumbs(trail: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Return the path to a page: (label, address) pairs, the last one being the page itself."""
    places = [(str(label), url) for label, url in trail]
    return {"parents": places[:-1], "here": places[-1][0] if places else ""}


def steps(now: int, total: int, label: str = "") -> dict[str, object]:
    """Return where one is in a sequence of screens."""
    text = label or _("Step %(now)s of %(total)s") % {"now": now, "total": total}
    states = [
        (step, "is-done" if step < now else "is-now" if step == now else "")
        for step in range(1, total + 1)
    ]
    return {"label": text, "states": states}


def progress(done: int, total: int, label: str) -> SafeString:
    """Return a bar with its text for those who do not see it."""
    return format_html(
        '<progress class="m-progress" value="{}" max="{}" aria-label="{}"></progress>',
        done,
        max(total, 1),
        label,
    )
