"""Addresses of the area; the calendar's is short, since it is copied into other programs."""

from django.urls import path

from maillage.web.group import clock, dossier, setup, views

app_name = "group"
HERE = "n/<slug:network>/group/"
urlpatterns = [
    path(HERE, views.home, name="home"),
    path(f"{HERE}kind/", setup.kind, name="kind"),
    path(f"{HERE}set-up/<slug:kind_wanted>/", setup.set_up, name="set-up"),
    path(f"{HERE}change/", setup.change, name="change"),
    path(f"{HERE}managers/new/", setup.new_manager, name="new-manager"),
    path(f"{HERE}managers/<uuid:manager_id>/erase/", setup.erase, name="erase-manager"),
    path(f"{HERE}dossier/", dossier.dossier, name="dossier"),
    path(f"{HERE}dossier/<slug:paper>.pdf", dossier.document, name="document"),
    path(f"{HERE}filings/new/", dossier.new_filing, name="new-filing"),
    path(f"{HERE}filings/<uuid:filing_id>/answer/", dossier.answer, name="answer"),
    path(f"{HERE}clock/", clock.clock, name="clock"),
    path(f"{HERE}clock/look/", clock.look, name="look"),
    path(f"{HERE}clock/calendar/renew/", clock.renew, name="renew-calendar"),
    path(f"{HERE}clock/<uuid:deadline_id>/done/", clock.done, name="done"),
    path(f"{HERE}clock/<uuid:deadline_id>/undone/", clock.undone, name="undone"),
    path("g/<str:token>.ics", clock.calendar, name="calendar"),
]
