"""Addresses of the area."""

from django.urls import URLPattern, URLResolver, include, path

from maillage.web.planning import moving, proposing, publishing, showing

app_name = "planning"
OF_A_SHIFT: list[URLPattern | URLResolver] = [
    path("", moving.shift, name="shift"),
    path("who/", moving.who_else, name="who-else"),
    path("give/", moving.give, name="give"),
    path("take-away/", moving.remove, name="take-away"),
    path("fix/", moving.fix, name="fix"),
]
OF_A_GAP: list[URLPattern | URLResolver] = [
    path("", moving.gap, name="gap"),
    path("who/", moving.who_could, name="who-could"),
    path("place/", moving.put, name="place"),
]
OF_THE_PLAN: list[URLPattern | URLResolver] = [
    path("", showing.board, name="board"),
    path("file/<slug:kind>/", showing.as_file, name="file"),
    path("shifts/<uuid:shift_id>/", include(OF_A_SHIFT)),
    path("open/<uuid:slot_id>/", include(OF_A_GAP)),
    path("propose/", proposing.propose, name="propose"),
    path("proposals/<uuid:proposal_id>/", proposing.proposal, name="proposal"),
    path("proposals/<uuid:proposal_id>/progress/", proposing.progress, name="progress"),
    path("proposals/<uuid:proposal_id>/stop/", proposing.stop, name="stop"),
    path("proposals/<uuid:proposal_id>/apply/", proposing.apply, name="apply"),
    path("publish/", publishing.publish, name="publish"),
]
urlpatterns = [path("n/<slug:network>/plan/", include(OF_THE_PLAN))]
