"""What a survey says, as a table to download: the very figures that its reader sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from babel import dates
from django.utils.translation import gettext_lazy as _

from maillage.bricks.questionnaires.definition import said
from maillage.launch.surveys.results import Result, Results
from maillage.web.ui.formats import language
from maillage.web.ui.lists import Column


@dataclass(frozen=True, slots=True)
class FileRow:
    """One answer to one question: `count` firms gave it, or `hours` a week are wanted."""

    question: str
    answer: str
    count: int | None
    answered: int
    asked: int
    hours: float | None = None
    mean: float | None = None


FILE_COLUMNS: Final = (
    Column("question", _("Question"), lambda row: row.question),
    Column("answer", _("Answer"), lambda row: row.answer),
    Column("count", _("Firms that answered so"), lambda row: row.count),
    Column("answered", _("Firms that answered"), lambda row: row.answered),
    Column("asked", _("Firms it was put to"), lambda row: row.asked),
    Column("hours", _("Hours a week, all firms together"), lambda row: row.hours),
    Column("mean", _("Average"), lambda row: row.mean),
)


def file_rows(found: Results) -> Iterator[FileRow]:
    """Yield the rows of the file: one per answer, per month, or per question without choices."""
    for result in found.shown:
        yield from _rows(result)


def _rows(result: Result) -> Iterator[FileRow]:
    question, of = said(result.question.text), (result.answered, result.asked)
    for cell in result.cells:
        yield FileRow(question, cell.label, cell.count, *of, mean=result.mean)
    months = dates.get_month_names("wide", context="stand-alone", locale=language())
    for rank, half_hours in enumerate(result.hours, 1):
        yield FileRow(question, months[rank], None, *of, hours=half_hours / 2)
    if not result.cells and not result.hours:
        yield FileRow(question, "", None, *of, mean=result.mean)
