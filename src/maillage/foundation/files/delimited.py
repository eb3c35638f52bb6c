"""Reading delimited text (CSV), whatever the delimiter and the encoding it was saved with."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.foundation.files.grids import (
    MAX_FILLED_LINES,
    MAX_LINES,
    Grid,
    Line,
    TableError,
)
from maillage.foundation.files.headings import LINES_SEARCHED, KnownTitle, find_headings

DELIMITERS: Final = (";", ",", "\t")
LINES_TRIED: Final = 2 * LINES_SEARCHED  # to choose the delimiter
MAX_LINE_LENGTH: Final = 100_000  # characters; also keeps a stray quote from swallowing a file
SAMPLE: Final = 10_000  # characters that tell whether a text is one
MAX_STRANGE: Final = 0.002  # part of control characters above which a text is not one

_STRANGE: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 26), *range(27, 32), 127])


def read_delimited(data: bytes, name: str, known_title: KnownTitle) -> Grid:
    """Read the bytes of a text file called `name`; raise `TableError` when it is no table."""
    text, encoding, notes = decode(data, name)
    _refuse_other_formats(text, name)
    delimiter = _delimiter_of(text, name, known_title)
    lines = list(_lines(text, delimiter, name))
    return Grid(lines, fixed_width=True, encoding=encoding, delimiter=delimiter, notes=tuple(notes))


def decode(data: bytes, name: str) -> tuple[str, str, list[str]]:
    """Return the text of a file, the name of its encoding, and what people should know about it.

    UTF-16 tells its name by its first bytes. Otherwise a line that is not UTF-8 is Windows-1252,
    the western encoding of older spreadsheets, which includes Latin-1: files put together from
    several sources may hold both.
    """
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), "UTF-16", []
        except UnicodeDecodeError as error:
            raise TableError(
                _("%(file)s is damaged: its text stops in the middle. Save it again as CSV.")
                % {"file": name}
            ) from error
    data = data.removeprefix(BOM_UTF8)
    try:
        return data.decode("utf-8"), "UTF-8", []
    except UnicodeDecodeError:
        return _decode_by_line(data, name)


def _decode_by_line(data: bytes, name: str) -> tuple[str, str, list[str]]:
    if data.count(b"\n") > MAX_LINES:
        raise _too_long(name)
    decoded, western, modern = [], 0, 0
    for line in data.split(b"\n"):
        try:
            text = line.decode("utf-8")
            modern += not line.isascii()
        except UnicodeDecodeError:
            text = _decode_western(line)
            western += 1
        decoded.append(text)
    if not modern:
        return "\n".join(decoded), "Windows-1252", []
    note = ngettext(
        "%(file)s mixes two encodings: %(count)d line was read as Windows-1252, the others as "
        "UTF-8. Check its accents.",
        "%(file)s mixes two encodings: %(count)d lines were read as Windows-1252, the others as "
        "UTF-8. Check their accents.",
        western,
    ) % {"file": name, "count": western}
    return "\n".join(decoded), "UTF-8, Windows-1252", [note]


def _decode_western(line: bytes) -> str:
    try:
        return line.decode("windows-1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")  # gives a meaning to the five bytes the other leaves out


def _refuse_other_formats(text: str, name: str) -> None:
    start = text[:SAMPLE]
    if start.lstrip().startswith("<"):
        raise TableError(
            _(
                "%(file)s is a web page or an XML file, whatever its name says: open it in a "
                "spreadsheet and save it as CSV or XLSX."
            )
            % {"file": name}
        )
    strange = len(start) - len(start.translate(_STRANGE))
    if strange > MAX_STRANGE * len(start) or "\0" in text:
        raise TableError(
            _("%(file)s is not a table: give a CSV file or an Excel workbook (.xlsx).")
            % {"file": name}
        )


def _delimiter_of(text: str, name: str, known_title: KnownTitle) -> str:
    """Return the delimiter that shows the most known titles, then the most lines of one width."""
    sample = "".join(islice(_physical(text, name), LINES_TRIED))

    def fitness(delimiter: str) -> tuple[int, int, int]:
        lines = list(_lines(sample, delimiter, name))
        headings = find_headings(lines, known_title)
        width = len(headings.titles) if headings else 0
        alike = sum(len(line.cells) == width for line in lines) if width > 1 else 0
        return (headings.known if headings else 0, alike, width)

    return max(DELIMITERS, key=fitness)


def _lines(text: str, delimiter: str, name: str) -> Iterator[Line]:
    """Yield the lines that are not blank, numbered from 1.

    A line break inside quotation marks is part of a cell. When the quotation marks of the file do
    not balance, each physical line is read alone and the faulty ones say so, lest one of them
    swallow those that follow.
    """
    try:
        # A first pass without keeping anything: nothing is yielded that would prove wrong.
        for _record in csv.reader(_physical(text, name), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        records = _one_by_one(text, delimiter, name)
    else:
        records = (
            (record, "")
            for record in csv.reader(_physical(text, name), delimiter=delimiter, strict=True)
        )
    filled = 0
    for number, (record, fault) in enumerate(records, start=1):
        cells = [cell.strip() for cell in record]
        if fault or any(cells):
            filled += 1
            if filled > MAX_FILLED_LINES:
                raise _too_long(name)
            yield Line(number, list(cells), fault)


def _physical(text: str, name: str) -> Iterator[str]:
    """Yield the lines of a text with their ends; refuse what no survey would hold."""
    for number, line in enumerate(StringIO(text, newline=""), start=1):
        if number > MAX_LINES:
            raise _too_long(name)
        if len(line) > MAX_LINE_LENGTH:
            raise TableError(
                _(
                    "%(file)s, line %(line)d: this line is far too long for a table. Check that "
                    "the file is a CSV file."
                )
                % {"file": name, "line": number}
            )
        yield line


def _one_by_one(text: str, delimiter: str, name: str) -> Iterator[tuple[list[str], str]]:
    for line in _physical(text, name):
        try:
            yield next(csv.reader([line], delimiter=delimiter, strict=True), []), ""
        except csv.Error:
            yield (
                [line],
                _(
                    "the quotation marks do not balance: put the cell between quotation marks and "
                    "double those inside it"
                ),
            )


def _too_long(name: str) -> TableError:
    return TableError(
        _("%(file)s is too long: tables of up to %(rows)d rows are read. Split it.")
        % {"file": name, "rows": MAX_FILLED_LINES}
    )
