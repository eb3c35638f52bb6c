"""Addresses of the area."""

from django.urls import path

from maillage.web.contacts import choices, firm, log, own

app_name = "contacts"
BASE = "n/<slug:network>/contacts/"
FIRM = BASE + "firms/<uuid:public_id>/"

urlpatterns = [
    path(BASE, log.log, name="log"),
    path(BASE + "new/", log.new, name="new"),
    path(BASE + "mine/", own.mine, name="mine"),
    path(BASE + "<uuid:public_id>/useful/", own.useful, name="useful"),
    path(BASE + "<uuid:public_id>/take-back/", firm.take_back, name="take-back"),
    path(FIRM, firm.firm, name="firm"),
    path(FIRM + "record/", firm.record, name="record"),
    path(FIRM + "write/", firm.write, name="write"),
    path(FIRM + "policy/", choices.policy, name="policy"),
    path(FIRM + "quiet/", choices.quiet, name="quiet"),
    path(FIRM + "quiet/<uuid:period_id>/end/", choices.end_quiet, name="quiet-end"),
]
