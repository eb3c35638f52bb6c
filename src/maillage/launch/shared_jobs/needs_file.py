"""Reading a survey of needs and the files that go with it, for `maillage pool`.

A row that cannot be used is listed with its reason and the others are read; files that cannot be
used at all raise `NeedsFileError`. Nothing here knows the engine: `bridge.py` does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.foundation.files.tables import Row, Table, TableError, read_table
from maillage.launch.shared_jobs.cells import Value, number_of
from maillage.launch.shared_jobs.columns import NeedColumns, is_need_title, listed, need_columns
from maillage.launch.shared_jobs.pairs import (
    Pair,
    Pairs,
    read_competitors,
    read_related,
    related_by_code,
)
from maillage.launch.shared_jobs.rejected import NeedsFileError, RejectedRow
from maillage.launch.shared_jobs.rows import NeedReader, NeedRow

__all__ = ["NeedRow", "NeedsFile", "NeedsFileError", "RejectedRow", "read_needs"]

FIRMS_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class NeedsFile:
    """A survey as it was read: needs, pairs, rows left out, and what people should know.

    `extra` gives, by need, the columns that mean nothing here, to be handed back as they are.
    Firms of a pair `set_aside` are kept apart like competitors, because somebody chose so.
    """

    needs: tuple[NeedRow, ...]
    competitors: frozenset[Pair]
    related: frozenset[Pair]
    rejected: tuple[RejectedRow, ...]
    extra: Mapping[str, Mapping[str, Value]]
    notes: tuple[str, ...]
    set_aside: frozenset[Pair] = frozenset()


def read_needs(
    path: Path,
    *,
    competitors: Path | None = None,
    related: Path | None = None,
    strict: bool = False,
) -> NeedsFile:
    """Read a survey of needs (CSV or XLSX), and the files of its pairs if there are some.

    Without a file of `related` occupations, ROME codes of one professional domain are. Raises
    `NeedsFileError` when a file cannot be used, no row of the needs can, or, if `strict`, when
    any row cannot.
    """
    try:
        table = read_table(path, known_title=is_need_title)
    except TableError as error:
        raise NeedsFileError(str(error)) from error
    columns = need_columns(table)
    reader = NeedReader(table.file, columns)
    read = [(need, row) for row in table.rows if (need := reader.read(row))]
    needs = tuple(need for need, _row in read)
    rejected = tuple(reader.rejected)
    if not needs:
        raise _nothing_usable(table, rejected)

    rivals, kin = Pairs(frozenset()), Pairs(related_by_code(reader.occupations.values()))
    if competitors:
        firms = {need.firm_id: need.firm for need in needs}
        rivals = read_competitors(competitors, firms, reader.firm_ids)
    if related:
        kin = read_related(related, reader.occupations)
    rejected += rivals.rejected + kin.rejected
    if strict and rejected:
        raise _refused(rejected)
    return NeedsFile(
        needs=needs,
        competitors=rivals.pairs,
        related=kin.pairs,
        rejected=rejected,
        extra={
            need.need_id: {title: row.cells[title] for title in columns.extra} for need, row in read
        },
        notes=tuple(chain(table.notes, columns.notes, _notes(table, columns, reader), kin.notes)),
    )


def _notes(table: Table, columns: NeedColumns, reader: NeedReader) -> Sequence[str]:
    notes = _renamed_firms(reader.renamed)
    if reader.blank_periods:
        notes.append(
            ngettext(
                "%(count)d need has blank months or weeks: they count for no hours.",
                "%(count)d needs have blank months or weeks: they count for no hours.",
                reader.blank_periods,
            )
            % {"count": reader.blank_periods}
        )
    if columns.week_53:
        notes.append(_week_53(columns.week_53, table.rows))
    return notes


def _renamed_firms(renamed: Mapping[str, Sequence[tuple[str, int]]]) -> list[str]:
    notes = []
    for firm_id, names in islice(renamed.items(), FIRMS_SHOWN):
        shown = [_("%(name)s (row %(row)d)") % {"name": name, "row": row} for name, row in names]
        notes.append(
            _("Firm %(firm)s has several names: %(names)s. The first is used.")
            % {"firm": firm_id, "names": listed(shown)}
        )
    others = len(renamed) - len(notes)
    if others:
        note = ngettext(
            "%(count)d other firm has several names too.",
            "%(count)d other firms have several names too.",
            others,
        )
        notes.append(note % {"count": others})
    return notes


def _week_53(title: str, rows: Sequence[Row]) -> str:
    asking = sum(bool(number_of(row.cells.get(title, ""))) for row in rows)
    return ngettext(
        "The year counts 52 weeks: column “%(title)s” was left aside; %(count)d need asks for "
        "hours in it.",
        "The year counts 52 weeks: column “%(title)s” was left aside; %(count)d needs ask for "
        "hours in it.",
        asking,
    ) % {"title": title, "count": asking}


def _nothing_usable(table: Table, rejected: tuple[RejectedRow, ...]) -> NeedsFileError:
    if not rejected:
        return NeedsFileError(
            _("%(file)s has headings but no need under them.") % {"file": table.file}
        )
    return NeedsFileError(
        _("No row can be used: %(row)s") % {"row": _in_words(rejected[0])}, rejected
    )


def _refused(rejected: tuple[RejectedRow, ...]) -> NeedsFileError:
    message = ngettext(
        "%(count)d row cannot be used, and all must be: %(row)s",
        "%(count)d rows cannot be used, and all must be; the first: %(row)s",
        len(rejected),
    )
    return NeedsFileError(
        message % {"count": len(rejected), "row": _in_words(rejected[0])}, rejected
    )


def _in_words(row: RejectedRow) -> str:
    sentence = (
        _("%(file)s, row %(row)d, column %(column)s, “%(value)s”: %(reason)s")
        if row.column
        else _("%(file)s, row %(row)d: %(reason)s")
    ) % {
        "file": row.file,
        "row": row.row,
        "column": row.column,
        "value": row.value,
        "reason": row.reason,
    }
    return sentence if sentence.endswith("?") else f"{sentence}."
