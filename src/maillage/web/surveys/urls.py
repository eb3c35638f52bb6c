"""Addresses of the area."""

from django.urls import URLPattern, URLResolver, include, path

from maillage.web.surveys import crossing, firms, importing, reminding, results, views

app_name = "surveys"
OF_A_FIRM: list[URLPattern | URLResolver] = [
    path("", firms.firm, name="firm"),
    path("enter/", firms.enter, name="enter"),
    path("refusal/", firms.refusal, name="refusal"),
    path("new-link/", firms.renew, name="new-link"),
    path("write/", firms.write, name="write"),
    path("paper/", firms.paper, name="paper"),
]
OF_A_FILE: list[URLPattern | URLResolver] = [
    path("", importing.page, name="import"),
    path("columns/", importing.columns, name="import-columns"),
    path("apply/", importing.apply, name="import-apply"),
    path("undo/", importing.undo, name="import-undo"),
    path("discard/", importing.discard, name="import-discard"),
]
OF_A_SURVEY: list[URLPattern | URLResolver] = [
    path("", views.survey, name="survey"),
    path("ask/", views.ask, name="ask"),
    path("last-day/", views.last_day, name="last-day"),
    path("paper/", firms.open_paper, name="open-paper"),
    path("results/", results.results, name="results"),
    path("results/cross/", crossing.cross, name="cross"),
    path("progress/", crossing.progress, name="progress"),
    path("results/<slug:key>/<slug:choice>/", results.prospects, name="prospects"),
    path("import/", importing.files, name="imports"),
    path("import/<uuid:import_id>/", include(OF_A_FILE)),
    path("remind/", reminding.remind, name="remind"),
    path("firms/", firms.firms, name="firms"),
    path("firms/<uuid:invitee_id>/", include(OF_A_FIRM)),
]
urlpatterns = [
    path("n/<slug:network>/surveys/", views.surveys, name="list"),
    path("n/<slug:network>/surveys/new/", views.new, name="new"),
    path("n/<slug:network>/surveys/<uuid:survey_id>/", include(OF_A_SURVEY)),
]
