"""Addresses of the area."""

from django.urls import URLPattern, URLResolver, include, path

from maillage.web.planning import (
    closing,
    entering,
    filling,
    gaps,
    holidays,
    moving,
    proposing,
    publishing,
    reshaping,
    rules,
    showing,
    slot_files,
)

app_name = "planning"
OF_A_SHIFT: list[URLPattern | URLResolver] = [
    path("", moving.shift, name="shift"),
    path("who/", moving.who_else, name="who-else"),
    path("answers/", moving.shift_answers, name="shift-answers"),
    path("give/", moving.give, name="give"),
    path("take-away/", moving.remove, name="take-away"),
    path("fix/", moving.fix, name="fix"),
]
OF_A_GAP: list[URLPattern | URLResolver] = [
    path("", moving.gap, name="gap"),
    path("who/", moving.who_could, name="who-could"),
    path("answers/", moving.answers, name="answers"),
    path("place/", moving.put, name="place"),
    path("fill/", filling.fill_so, name="fill"),
    path("cancel/", entering.cancel, name="cancel"),
]
OF_A_FILE: list[URLPattern | URLResolver] = [
    path("", slot_files.page, name="slot-file"),
    path("columns/", slot_files.columns, name="file-columns"),
    path("apply/", slot_files.apply, name="file-apply"),
    path("undo/", slot_files.undo, name="file-undo"),
    path("discard/", slot_files.discard, name="file-discard"),
]
OF_THE_PLAN: list[URLPattern | URLResolver] = [
    path("", showing.board, name="board"),
    path("file/<slug:kind>/", showing.as_file, name="file"),
    path("gaps/<slug:week>/", gaps.gaps, name="gaps"),
    path("shifts/<uuid:shift_id>/", include(OF_A_SHIFT)),
    path("open/<uuid:slot_id>/", include(OF_A_GAP)),
    path("slots/", entering.series, name="series"),
    path("slots/weekly/", entering.new_series, name="new-series"),
    path("slots/one/", entering.new_slot, name="new-slot"),
    path("slots/closed/", closing.new_closure, name="new-closure"),
    path("slots/closed/<uuid:closure_id>/", closing.closure, name="closure"),
    path("slots/closed/<uuid:closure_id>/reopen/", closing.reopen, name="reopen"),
    path("slots/files/", slot_files.files, name="slot-files"),
    path("slots/files/<uuid:file_id>/", include(OF_A_FILE)),
    path("slots/lay-out/", entering.lay_out, name="lay-out"),
    path("slots/one/<uuid:slot_id>/", reshaping.one_slot, name="change-slot"),
    path("slots/weekly/<uuid:series_id>/", reshaping.one_series, name="change-series"),
    path("slots/<uuid:series_id>/stop/", entering.stop_series, name="stop-series"),
    path("propose/", proposing.propose, name="propose"),
    path("proposals/<uuid:proposal_id>/", proposing.proposal, name="proposal"),
    path("proposals/<uuid:proposal_id>/progress/", proposing.progress, name="progress"),
    path("proposals/<uuid:proposal_id>/stop/", proposing.stop, name="stop"),
    path("proposals/<uuid:proposal_id>/apply/", proposing.apply, name="apply"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<uuid:change_id>/end/", rules.end_rule, name="end-rule"),
    path("holidays/", holidays.holidays, name="holidays"),
    path("holidays/<uuid:firm_id>/", holidays.firm_holidays, name="firm-holidays"),
    path("publish/", publishing.publish, name="publish"),
]
urlpatterns = [path("n/<slug:network>/plan/", include(OF_THE_PLAN))]
