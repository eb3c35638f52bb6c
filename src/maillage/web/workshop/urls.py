"""Addresses of the area; those of a link are short, since they are sent and typed."""

from django.urls import URLPattern, URLResolver, include, path

from maillage.web.workshop import answering, comparing, jobs, proposals, searching

app_name = "workshop"
OF_A_JOB: list[URLPattern | URLResolver] = [
    path("", proposals.job, name="job"),
    path("mark/", jobs.mark, name="mark"),
    path("propose/", proposals.propose, name="propose"),
    path("again/", proposals.again, name="again"),
    path("give-up/", proposals.give_up, name="give-up"),
    path("write/<uuid:share_id>/", proposals.write, name="write"),
]
OF_THE_WORKSHOP: list[URLPattern | URLResolver] = [
    path("", searching.home, name="home"),
    path("search/", searching.search, name="search"),
    path("compare/", comparing.compare, name="compare"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("jobs/<uuid:job_id>/", include(OF_A_JOB)),
    path("mine/", answering.mine, name="mine"),
    path("mine/<uuid:share_id>/", answering.own, name="own"),
    path("<uuid:composition_id>/", searching.composition, name="composition"),
    path("<uuid:composition_id>/stop/", searching.stop, name="stop"),
    path("<uuid:composition_id>/progress/", searching.progress, name="progress"),
    path("<uuid:composition_id>/report/<slug:kind>/", searching.report, name="report"),
]
urlpatterns = [
    path("p/<str:token>/", answering.by_link, name="link"),
    path("n/<slug:network>/workshop/", include(OF_THE_WORKSHOP)),
]
