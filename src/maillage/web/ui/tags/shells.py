"""What stands around every page: links of the shell, public navigation, language, printed date."""

from dataclasses import dataclass

from django.template import Context
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from maillage.web.ui import shell
from maillage.web.ui.formats import nice_date
from maillage.web.ui.tags import blocks, fields


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the shell; `current` when it leads to the page one is on."""

    label: str
    url: str
    current: bool


def public_links(context: Context) -> list[Link]:
    """Return the entries of the public site that exist, with the one that is open."""
    request = context.get("request")
    path = request.path if request is not None else ""
    entries = (("firms", _("Firms")), ("network", _("The network")))
    return [
        Link(label, url, path.startswith(url))
        for name, label in entries
        if (url := shell.address(name))
    ]


def other_languages() -> list[tuple[str, str]]:
    """Return the languages that the page is not in: code and name in that very language."""
    current = translation.get_language()
    names = (("fr", "Français"), ("en", "English"))
    return [(code, name) for code, name in names if code != (current or "")[:2]]


def form_page_head(context: Context) -> SafeString:
    """Return the head of a page that is one form, from the words that the view gives."""
    return blocks.page_head(
        "", context["title"], eyebrow=context.get("eyebrow") or "", lede=context.get("lede") or ""
    )


def form_of_page(context: Context) -> dict[str, object]:
    """Return the form of a page that is one form, from what the view gives."""
    return fields.whole_form(
        context["form"], submit=context.get("submit") or "", cancel=context.get("cancel") or ""
    )


def printed_on() -> str:
    """Return the sentence that dates a printed page."""
    return _("printed on %(day)s") % {"day": nice_date(timezone.localdate(), "year")}
