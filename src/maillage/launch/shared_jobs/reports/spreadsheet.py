"""The result as a workbook, for animators: to sort, filter, and paste into a letter."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from maillage.launch.shared_jobs.needs_file import NeedRow
from maillage.launch.shared_jobs.outcome import Outcome, ProposedJob
from maillage.launch.shared_jobs.reports.figures import METRES_PER_KM, capitalised
from maillage.launch.shared_jobs.reports.periods import MONTHS, month_name, season
from maillage.launch.shared_jobs.reports.sentences import change, reason, why
from maillage.launch.shared_jobs.reports.summary import summary
from maillage.launch.shared_jobs.reports.workbook import Column, Line, Sheet, Value, workbook_of


def render_spreadsheet(outcome: Outcome) -> bytes:
    """Return the result as an XLSX file, in the language in use."""
    extra = _extra_titles(outcome)
    sheets = [
        _jobs(outcome, extra),
        _periods(outcome),
        _alone(outcome, extra),
        _rejected(outcome),
        _summary(outcome),
    ]
    stream = BytesIO()
    workbook_of(sheets).save(stream)
    return stream.getvalue()


def _extra_titles(outcome: Outcome) -> list[str]:
    """Return the columns of the survey that the sheets do not show otherwise, in their order."""
    titles: dict[str, None] = {}
    for cells in outcome.survey.extra.values():
        titles.update(dict.fromkeys(cells))
    return [title for title in titles if not _says_nothing_more(outcome, title)]


def _says_nothing_more(outcome: Outcome, title: str) -> bool:
    """Tell whether a column only repeats the commune or the name of the occupation."""
    extra = outcome.survey.extra
    values = [(need, extra.get(need.need_id, {}).get(title, "")) for need in outcome.survey.needs]
    return all(value == need.place for need, value in values) or all(
        value == outcome.occupation_name(need.occupation) for need, value in values
    )


def _extra_columns(titles: Sequence[str]) -> list[Column]:
    return [Column(title, min(40, max(12, len(title) + 2))) for title in titles]


def _extra_values(outcome: Outcome, need: NeedRow, titles: Sequence[str]) -> list[Value]:
    cells: Mapping[str, str | int | float] = outcome.survey.extra.get(need.need_id, {})
    return [cells.get(title) for title in titles]


def _jobs(outcome: Outcome, extra: Sequence[str]) -> Sheet:
    return Sheet(
        tab=pgettext("tab", "Jobs"),
        columns=[
            Column(_("Job"), 7),
            Column(_("Firm"), 32),
            Column(_("Commune"), 24),
            Column(_("Occupation"), 34),
            Column(_("Hours a week for the firm"), 11, "hours"),
            Column(_("Share of the job"), 10, "share"),
            Column(_("Season"), 26),
            Column(_("Hours a week of the job"), 11, "hours"),
            Column(_("Employers"), 11, "whole"),
            Column(_("Farthest apart, in km"), 11, "hours"),
            Column(_("Why"), 60, "long"),
            Column(_("Need"), 12),
            Column(_("Firm id"), 16),
            Column(_("Occupation as given"), 14),
            *_extra_columns(extra),
        ],
        lines=_job_lines(outcome, extra),
        frozen_columns=2,
    )


def _job_lines(outcome: Outcome, extra: Sequence[str]) -> Iterator[Line]:
    for job in outcome.jobs:
        sentence = why(outcome, job)
        for rank, need in enumerate(job.needs):
            units = sum(need.half_hours)
            values = [
                job.job_id,
                need.firm,
                need.place,
                outcome.occupation_name(need.occupation),
                outcome.mean_hours(units),
                units / job.units,
                season(need.half_hours),
                outcome.mean_hours(job.units),
                len(job.needs),
                round(job.metres / METRES_PER_KM, 1),
                sentence,
                need.need_id,
                need.firm_id,
                need.occupation,
                *_extra_values(outcome, need, extra),
            ]
            yield Line(values, opens=rank == 0)


def _periods(outcome: Outcome) -> Sheet:
    weekly = outcome.periods != MONTHS
    titles = [
        _("Week %(week)d") % {"week": period + 1}
        if weekly
        else capitalised(month_name(period, "abbreviated"))
        for period in range(outcome.periods)
    ]
    return Sheet(
        tab=pgettext("tab", "Weeks") if weekly else pgettext("tab", "Months"),
        columns=[
            Column(_("Job"), 7),
            Column(_("Firm"), 32),
            *(Column(title, 8, "hours") for title in titles),
            Column(_("Mean over the year"), 11, "hours"),
        ],
        lines=(line for job in outcome.jobs for line in _period_lines(outcome, job)),
        frozen_columns=2,
    )


def _period_lines(outcome: Outcome, job: ProposedJob) -> Iterator[Line]:
    def values(name: str, half_hours: Sequence[int]) -> list[Value]:
        hours = [value / 2 for value in half_hours]
        return [job.job_id, name, *hours, outcome.mean_hours(sum(half_hours))]

    for rank, need in enumerate(job.needs):
        yield Line(values(need.firm, need.half_hours), opens=rank == 0)
    yield Line(values(_("The whole job"), job.half_hours), strong=True)


def _alone(outcome: Outcome, extra: Sequence[str]) -> Sheet:
    return Sheet(
        tab=pgettext("tab", "Needs left alone"),
        columns=[
            Column(_("Need"), 12),
            Column(_("Firm"), 32),
            Column(_("Commune"), 24),
            Column(_("Occupation"), 34),
            Column(_("Hours a week"), 11, "hours"),
            Column(_("Season"), 26),
            Column(_("What blocks"), 60, "long"),
            Column(_("The smallest change that would serve it"), 60, "long"),
            Column(_("Hours a week the network would gain"), 14, "hours"),
            Column(_("Firm id"), 16),
            Column(_("Occupation as given"), 14),
            *_extra_columns(extra),
        ],
        lines=_alone_lines(outcome, extra),
        frozen_columns=2,
    )


def _alone_lines(outcome: Outcome, extra: Sequence[str]) -> Iterator[Line]:
    for lone in outcome.alone:
        need = lone.need
        yield Line(
            [
                need.need_id,
                need.firm,
                need.place,
                outcome.occupation_name(need.occupation),
                outcome.mean_hours(sum(need.half_hours)),
                season(need.half_hours),
                reason(outcome, lone),
                change(outcome, lone),
                outcome.mean_hours(lone.change.gain_units) if lone.change else None,
                need.firm_id,
                need.occupation,
                *_extra_values(outcome, need, extra),
            ]
        )


def _rejected(outcome: Outcome) -> Sheet:
    return Sheet(
        tab=pgettext("tab", "Rejected rows"),
        columns=[
            Column(_("File"), 26),
            Column(_("Row"), 8, "whole"),
            Column(_("Column"), 18),
            Column(_("Value"), 26),
            Column(_("Reason"), 80, "long"),
        ],
        lines=[
            Line([row.file, row.row, row.column, row.value, row.reason])
            for row in outcome.survey.rejected
        ],
        frozen_columns=2,
    )


def _summary(outcome: Outcome) -> Sheet:
    return Sheet(
        tab=pgettext("tab", "Summary"),
        columns=[Column(_("What"), 44), Column(_("Result"), 90, "long")],
        lines=[Line([label, value]) for label, value in summary(outcome)],
    )
