"""What a list shows of each row, and what stands there when it has none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from maillage.web.ui.parts import Text

NUMERIC = ' class="m-num"'


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `value` takes a row and returns what is exported as it is.

    On the screen the value is shown through `text` (value to text) or `html` (row to safe HTML),
    with `link` (row to address) around it and `small` (row to text) under it. `sort` says that the
    row source knows how to sort by `key`; `main` makes it the name of the row; `shown=False` keeps
    it for exports only, `exported=False` for the screen only.
    """

    key: str
    label: Text
    value: Callable[[Any], object]
    sort: bool = False
    main: bool = False
    numeric: bool = False
    shown: bool = True
    exported: bool = True
    text: Callable[[Any], object] | None = None
    html: Callable[[Any], SafeString] | None = None
    link: Callable[[Any], str] | None = None
    small: Callable[[Any], object] | None = None

    def cell(self, row: object) -> SafeString:
        """Return what the screen shows of a row."""
        if self.html is not None:
            shown = self.html(row)
        else:
            value = self.value(row)
            text = self.text(value) if self.text is not None else value
            shown = conditional_escape("" if text is None else str(text))
        if self.link is not None and (address := self.link(row)):
            shown = format_html('<a href="{}">{}</a>', address, shown)
        under = self.small(row) if self.small is not None else ""
        return format_html("{}<small>{}</small>", shown, under) if under else SafeString(shown)

    def boxes(self) -> Callable[[object], SafeString]:
        """Return what draws the cell of a row for a table, with its label for narrow screens.

        Written here rather than in the template, cell by cell: a page has hundreds. What is the
        same in every row is put together once.
        """
        if self.main:
            return lambda row: format_html(
                '<th role="rowheader" scope="row">{}</th>', self.cell(row)
            )
        begin = SafeString(f'<td role="cell"{NUMERIC if self.numeric else ""}')
        label = format_html(' data-l="{}"', self.label)

        def drawn(row: object) -> SafeString:
            cell = self.cell(row)
            return SafeString(f"{begin}{label if cell else ''}>{cell}</td>")

        return drawn


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands in a list without any row: what it will hold, and what to do next."""

    title: Text
    text: Text = ""
    url: str = ""
    url_name: str = ""
    label: Text = ""

    @property
    def address(self) -> str:
        """Return where the button leads, or "" when there is none."""
        return self.url or (reverse(self.url_name) if self.url_name else "")
