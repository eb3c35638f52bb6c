"""Addresses of the area; those of the links are short, since they are printed and typed."""

from django.urls import URLPattern, URLResolver, include, path

from maillage.web.charter import apart, by_link, drafting, signatures, views

app_name = "charter"

DRAFT = [
    path("", drafting.draft, name="draft"),
    path("publish/", drafting.publish, name="publish"),
    path("drop/", drafting.drop, name="drop"),
    path("clauses/", drafting.new_clause, name="new-clause"),
    path("clauses/<slug:clause>/", drafting.clause, name="clause"),
    path("clauses/<slug:clause>/remove/", drafting.remove, name="remove-clause"),
    path("clauses/<slug:clause>/up/", drafting.up, name="raise-clause"),
]
SIGNATURES = [
    path("", signatures.signatures, name="signatures"),
    path("send/", signatures.send, name="send"),
    path("firms/<uuid:public_id>/", signatures.firm, name="firm"),
    path("firms/<uuid:public_id>/paper/", signatures.paper, name="paper"),
    path("<uuid:signature_id>/scan/", views.scan, name="scan"),
]
APART = [
    path("", apart.mine, name="apart"),
    path("ask/<uuid:pair_id>/", apart.ask, name="ask-apart"),
    path("<uuid:override_id>/agree/", apart.agree, name="agree-apart"),
    path("<uuid:override_id>/end/", apart.end, name="end-apart"),
]
CHARTER: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("versions/<int:rank>/", views.version, name="version"),
    path("versions/<int:rank>/document/", views.document, name="document"),
    path("compare/", views.compare, name="compare"),
    path("sign/", views.sign, name="sign"),
    path("draft/", include(DRAFT)),
    path("signatures/", include(SIGNATURES)),
    path("apart/", include(APART)),
]
LINK = [
    path("", by_link.sign, name="by-link"),
    path("document/<int:rank>/", by_link.document, name="by-link-document"),
]
urlpatterns: list[URLResolver] = [
    path("n/<slug:network>/charter/", include(CHARTER)),
    path("c/<str:token>/", include(LINK)),
]
