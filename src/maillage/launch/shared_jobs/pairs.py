"""Reading the pairs of a survey: firms that compete, occupations that one person can hold."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.foundation.files.tables import TableError, read_table
from maillage.foundation.vocabularies.folding import plain
from maillage.launch.shared_jobs.cells import CellError, identifier_of, text_of
from maillage.launch.shared_jobs.columns import is_pair_title, listed, pair_columns
from maillage.launch.shared_jobs.rejected import NeedsFileError, RejectedRow
from maillage.launch.shared_jobs.rows import ROME_CODE

ROME_DOMAIN: Final = 3  # first characters that ROME codes of one professional domain share

type Pair = tuple[str, str]


class Pairs(NamedTuple):
    """Pairs, each sorted, with the rows left out and what people should know."""

    pairs: frozenset[Pair]
    rejected: tuple[RejectedRow, ...] = ()
    notes: tuple[str, ...] = ()


def read_competitors(path: Path, firms: Mapping[str, str], firm_ids: Collection[str]) -> Pairs:
    """Read which firms compete: two columns, firm_a and firm_b, with their ids or their names.

    `firms` are the names of the firms that have needs, by id; `firm_ids` also hold those whose
    needs were all rejected. A pair that names another firm, or one firm twice, is rejected.
    """
    by_name: dict[str, list[str]] = {}
    for firm_id, name in firms.items():
        by_name.setdefault(plain(name), []).append(firm_id)
    pairs: set[Pair] = set()
    rejected: list[RejectedRow] = []
    for row, cells in _rows(path, "firm", rejected):
        ids = []
        for column, text in cells:
            named = by_name.get(plain(text), [])
            if text in firm_ids:
                ids.append(text)
            elif len(named) == 1:
                ids.append(named[0])
            else:
                reason = _("no need in the survey is from this firm: check its id")
                rejected.append(RejectedRow(path.name, row, column, text, reason))
                break
        if len(ids) == len(cells) and ids[0] == ids[1]:
            column, text = cells[1]
            reason = _("a firm cannot be its own competitor")
            rejected.append(RejectedRow(path.name, row, column, text, reason))
        elif len(ids) == len(cells):
            pairs.add(_sorted(ids))
    return Pairs(frozenset(pairs), tuple(rejected))


def read_related(path: Path, occupations: Mapping[str, str]) -> Pairs:
    """Read which occupations one person can hold: two columns, occupation_a and occupation_b.

    `occupations` are those of the needs, as spelt there, under their plain spelling. Others are
    kept, and noted.
    """
    pairs: set[Pair] = set()
    rejected: list[RejectedRow] = []
    unknown: dict[str, str] = {}
    for _row, cells in _rows(path, "occupation", rejected):
        spelt = []
        for _column, text in cells:
            folded = plain(" ".join(text.split()))
            if folded not in occupations:
                unknown.setdefault(folded, text)
            spelt.append(occupations.get(folded, text))
        if spelt[0] != spelt[1]:
            pairs.add(_sorted(spelt))
    note = ngettext(
        "%(file)s names an occupation that no need asks for: %(names)s.",
        "%(file)s names %(count)d occupations that no need asks for: %(names)s.",
        len(unknown),
    ) % {"file": path.name, "count": len(unknown), "names": listed([*unknown.values()])}
    return Pairs(frozenset(pairs), tuple(rejected), (note,) if unknown else ())


def related_by_code(occupations: Collection[str]) -> frozenset[Pair]:
    """Return the pairs of ROME codes of one professional domain, as when no file says better."""
    domains: dict[str, list[str]] = {}
    for occupation in sorted(occupations):
        if ROME_CODE.fullmatch(occupation):
            domains.setdefault(occupation[:ROME_DOMAIN], []).append(occupation)
    return frozenset(pair for codes in domains.values() for pair in combinations(codes, 2))


def _rows(
    path: Path, name: str, rejected: list[RejectedRow]
) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Yield the rows of a file of pairs: number, then title and text of both cells."""
    try:
        table = read_table(path, known_title=is_pair_title)
    except TableError as error:
        raise NeedsFileError(str(error)) from error
    titles = pair_columns(table, name)
    for row in table.rows:
        problem = next((title for title in ("", *titles) if title in row.faults), None)
        if problem is not None:
            value = text_of(row.cells.get(problem, ""))
            rejected.append(
                RejectedRow(table.file, row.number, problem, value, row.faults[problem])
            )
            continue
        cells = [(title, text_of(row.cells[title])) for title in titles]
        for title, text in cells:
            try:
                reason = "" if identifier_of(text) else _("this cell is empty")
            except CellError as error:
                reason = str(error)
            if reason:
                rejected.append(RejectedRow(table.file, row.number, title, text, reason))
                break
        else:
            yield row.number, cells


def _sorted(pair: Sequence[str]) -> Pair:
    return min(pair), max(pair)
