"""Addresses of the area; the calendar's is short, since it is copied into other programs."""

from django.urls import path

from maillage.web.group import (
    clock,
    comparisons,
    dossier,
    key,
    mine,
    setup,
    vat,
    views,
)

app_name = "group"
HERE = "n/<slug:network>/group/"
AGREEMENT = f"{HERE}agreements/<uuid:comparison_id>/"
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
    path(f"{HERE}key/", key.key, name="key"),
    path(f"{HERE}key/new/<slug:basis>/", key.new_key, name="new-key"),
    path(f"{HERE}vat/", vat.vat, name="vat"),
    path(f"{HERE}vat/<slug:whose>/", vat.note_vat, name="set-vat"),
    path(f"{HERE}agreements/", comparisons.comparisons, name="comparisons"),
    path(f"{HERE}agreements/new/", comparisons.new_comparison, name="new-comparison"),
    path(AGREEMENT, comparisons.comparison, name="comparison"),
    path(f"{AGREEMENT}posts/<int:rank>/", comparisons.fill, name="fill"),
    path(f"{AGREEMENT}vote/", comparisons.put_to_vote, name="put-to-vote"),
    path(f"{AGREEMENT}close/", comparisons.close, name="close-vote"),
    path(f"{HERE}mine/", mine.mine, name="mine"),
    path(f"{HERE}mine/<uuid:comparison_id>/", mine.ballot, name="ballot"),
    path(f"{HERE}mine/<uuid:comparison_id>/vote/", mine.cast_vote, name="vote"),
    path("g/<str:token>.ics", clock.calendar, name="calendar"),
]
