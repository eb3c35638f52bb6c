"""Addresses of the area."""

from django.urls import URLPattern, URLResolver, include, path

from maillage.web.directory.views import (
    editing,
    leaving,
    links,
    lists,
    people,
    record,
    seen,
    sites,
    state_of_play,
    territories,
)

app_name = "directory"

SITES = [
    path("new/", sites.add, name="add-site"),
    path("<uuid:site_id>/", sites.change, name="change-site"),
    path("<uuid:site_id>/main/", sites.make_main, name="make-main-site"),
    path("<uuid:site_id>/close/", sites.close, name="close-site"),
    path("<uuid:site_id>/reopen/", sites.reopen, name="reopen-site"),
]
PEOPLE = [
    path("new/", people.add, name="add-person"),
    path("<uuid:role_id>/", people.change, name="change-person"),
    path("<uuid:role_id>/end/", people.end, name="end-person"),
    path("<uuid:role_id>/resume/", people.resume, name="resume-person"),
]
LINKS = [
    path("new/", links.add, name="add-link"),
    path("<uuid:link_id>/end/", links.end, name="end-link"),
    path("<uuid:link_id>/resume/", links.resume, name="resume-link"),
]
ORGANISATION: list[URLPattern | URLResolver] = [
    path("", record.organisation, name="organisation"),
    path("edit/", editing.edit, name="edit"),
    path("close/", editing.close, name="close"),
    path("reopen/", editing.reopen, name="reopen"),
    path("take-off/", leaving.take_off, name="take-off"),
    path("put-back/", leaving.put_back, name="put-back"),
    path("equipment/", state_of_play.readiness, name="readiness"),
    path("coverage/", state_of_play.coverage, name="coverage"),
    path("sites/", include(SITES)),
    path("people/", include(PEOPLE)),
    path("links/", include(LINKS)),
]
FIRMS: list[URLPattern | URLResolver] = [
    path("", lists.firms, name="firms"),
    path("map/", lists.firms_map, name="map"),
    path("new/", editing.create, name="create"),
    path("suggest/", lists.suggest, name="suggest"),
    path("<uuid:public_id>/", include(ORGANISATION)),
]
TERRITORIES = [
    path("", territories.territories, name="territories"),
    path("new/", territories.create, name="create-territory"),
    path("<uuid:territory_id>/", territories.territory, name="territory"),
    path("<uuid:territory_id>/edit/", territories.edit, name="edit-territory"),
    path("<uuid:territory_id>/remove/", territories.remove, name="remove-territory"),
]
urlpatterns = [
    path("n/<slug:network>/firms/", include(FIRMS)),
    path("n/<slug:network>/territories/", include(TERRITORIES)),
    path("n/<slug:network>/my-firm/", record.mine, name="mine"),
    path("n/<slug:network>/my-firm/seen/", seen.seen, name="seen"),
]
