"""Addresses of the area; those of the links are short, since they are sent and typed."""

from django.urls import URLPattern, URLResolver, include, path

from maillage.web.staff import (
    amendments,
    by_link,
    contracts,
    ending,
    figures,
    hiring,
    leaving,
    lendings,
    lists,
    ours,
    papers,
    record,
    trial,
    workers,
)

app_name = "staff"
OF_A_CONTRACT: list[URLPattern | URLResolver] = [
    path("change/", contracts.change, name="change-contract"),
    path("drop/", contracts.drop, name="drop-contract"),
    path("declare/", contracts.declare, name="declare"),
    path("trial/", trial.renew, name="renew-trial"),
    path("ask/", trial.ask, name="ask-opinions"),
    path("end/", ending.end, name="end-contract"),
    path("hours/", amendments.hours, name="amend-hours"),
    path("renew/", amendments.renew, name="renew-contract"),
    path("firms/", amendments.firms, name="amend-firms"),
    path("lend/", lendings.new, name="lend"),
]
OF_A_LENDING: list[URLPattern | URLResolver] = [
    path("change/", lendings.change, name="change-lending"),
    path("drop/", lendings.drop, name="drop-lending"),
    path("notice/", lendings.notice, name="notice"),
    path("end/", lendings.end, name="end-lending"),
]
OF_A_PAPER: list[URLPattern | URLResolver] = [
    path("", papers.paper, name="paper"),
    path("send/", papers.send, name="send-paper"),
    path("sign/", papers.sign, name="sign-paper"),
    path("scan/", papers.scan, name="scan-paper"),
    path("document/", papers.document, name="paper-document"),
]
OURS: list[URLPattern | URLResolver] = [
    path("", ours.ours, name="ours"),
    path("agreements/<uuid:lending_id>/", ours.lending, name="our-lending"),
    path("agreements/<uuid:lending_id>/document/", ours.document, name="our-document"),
    path("opinions/<uuid:opinion_id>/", ours.opinion, name="our-opinion"),
]
OF_THE_WORKERS: list[URLPattern | URLResolver] = [
    path("", lists.workers, name="list"),
    path("new/", workers.new, name="new"),
    path("hire/", hiring.jobs, name="jobs"),
    path("hire/<uuid:job_id>/", hiring.hire, name="hire"),
    path("leaving/", leaving.leaving, name="leaving"),
    path("leaving/<uuid:public_id>/", leaving.firm, name="firm-leaves"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<uuid:figure_id>/remove/", figures.remove, name="remove-figure"),
    path("ours/", include(OURS)),
    path("contracts/<uuid:contract_id>/", include(OF_A_CONTRACT)),
    path("agreements/<uuid:lending_id>/", include(OF_A_LENDING)),
    path("amendments/<slug:amendment>/<uuid:subject_id>/", amendments.drop, name="drop-amendment"),
    path("opinions/<uuid:opinion_id>/", trial.opinion, name="opinion"),
    path("papers/<slug:paper_kind>/<uuid:subject_id>/", include(OF_A_PAPER)),
    path("scans/<uuid:signature_id>/", papers.scanned, name="scanned"),
    path("<uuid:worker_id>/", record.worker, name="worker"),
    path("<uuid:worker_id>/change/", workers.change, name="change"),
    path("<uuid:worker_id>/remove/", workers.remove, name="remove"),
    path("<uuid:worker_id>/contract/", contracts.new, name="new-contract"),
]
LINK: list[URLPattern | URLResolver] = [
    path("", by_link.sign, name="by-link"),
    path("document/", by_link.document, name="by-link-document"),
]
urlpatterns: list[URLResolver] = [
    path("n/<slug:network>/workers/", include(OF_THE_WORKERS)),
    path("d/<str:token>/", include(LINK)),
]
