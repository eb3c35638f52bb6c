"""Addresses of the area."""

from django.urls import URLPattern, URLResolver, include, path

from maillage.web.trust.views import competitors, figures, introductions, lifts, own, pledge

app_name = "trust"

COMPETITORS = [
    path("", competitors.register, name="competitors"),
    path("look/", competitors.suggest, name="suggest-competitors"),
    path("<uuid:pair_id>/confirm/", competitors.confirm, name="confirm-competitors"),
    path("<uuid:pair_id>/dismiss/", competitors.dismiss, name="dismiss-competitors"),
    path("<uuid:pair_id>/end/", competitors.end, name="end-competitors"),
    path("<uuid:pair_id>/topic/", lifts.propose, name="propose-lift"),
    path("claims/<uuid:claim_id>/", competitors.settle, name="settle-claim"),
    path("claims/<uuid:claim_id>/withdraw/", competitors.withdraw, name="withdraw-claim"),
]
LIFTS = [
    path("", lifts.mine, name="lifts"),
    path("<uuid:lift_id>/agree/", lifts.agree, name="agree-lift"),
    path("<uuid:lift_id>/end/", lifts.end, name="end-lift"),
]
INTRODUCTIONS = [
    path("", introductions.mine, name="introductions"),
    path("ask/<uuid:public_id>/", introductions.ask, name="ask-introduction"),
    path("<uuid:introduction_id>/accept/", introductions.accept, name="accept-introduction"),
    path("<uuid:introduction_id>/end/", introductions.end, name="end-introduction"),
]
TRUST: list[URLPattern | URLResolver] = [
    path("levels/", own.levels, name="levels"),
    path("levels/<uuid:public_id>/", own.levels_of, name="levels-of"),
    path("consents/", own.consents, name="consents"),
    path("consents/<str:purpose>/give/", own.give, name="give-consent"),
    path("consents/<uuid:consent_id>/withdraw/", own.withdraw, name="withdraw-consent"),
    path("reads/", own.reads, name="reads"),
    path("competitors/", include(COMPETITORS)),
    path("topics/", include(LIFTS)),
    path("introductions/", include(INTRODUCTIONS)),
    path("pledge/", pledge.sign, name="pledge"),
    path("pledge/text/", pledge.write, name="pledge-text"),
    path("figures/", figures.figures, name="figures"),
]
urlpatterns: list[URLResolver] = [path("n/<slug:network>/trust/", include(TRUST))]
