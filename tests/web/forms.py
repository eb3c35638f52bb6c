"""The forms of a page, as an attacker reads them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = frozenset({"text", "search", "email", "tel", "url", "number", "textarea", "date", "hidden"})


@dataclass
class Field:
    """A field: how it is filled in, what it holds, what it offers."""

    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)

    @property
    def is_typed(self) -> bool:
        """Whether people write in it, rather than choose."""
        return self.kind in TYPED


@dataclass
class FoundForm:
    """A form: where it leads, how, and its fields by name."""

    method: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)


class FormFinder(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self.inside: FoundForm | None = None
        self.selecting: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read a form, or a field of the form that is open."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = FoundForm(given.get("method", "get").lower(), given.get("action", ""))
            self.forms.append(self.inside)
        elif self.inside is not None:
            self._field(self.inside, tag, given, checked="checked" in given)
        if tag == "option" and self.selecting is not None:
            self.selecting.choices.append(given.get("value", ""))
            if "selected" in given:
                self.selecting.value = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """Leave a form, or a list of choices."""
        if tag == "form":
            self.inside = None
        if tag == "select":
            self.selecting = None

    def _field(self, form: FoundForm, tag: str, given: dict[str, str], *, checked: bool) -> None:
        name = given.get("name")
        if name is None or name == "csrfmiddlewaretoken":
            return
        if tag == "select":
            self.selecting = form.fields.setdefault(name, Field("select"))
        elif tag == "textarea":
            form.fields.setdefault(name, Field("textarea"))
        elif tag in {"input", "button"}:
            kind = given.get("type", "text") if tag == "input" else "button"
            known = form.fields.setdefault(name, Field(kind))
            if kind in {"radio", "checkbox"}:
                known.choices.append(given.get("value", "on"))
                known.value = given.get("value", "on") if checked else known.value
            else:
                known.value = given.get("value", "")


def forms_of(html: str) -> list[FoundForm]:
    """Return the forms of a page."""
    finder = FormFinder()
    finder.feed(html)
    return finder.forms
