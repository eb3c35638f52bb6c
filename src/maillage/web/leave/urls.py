"""Addresses of the area."""

from django.urls import path

from maillage.web.leave import absences, calendar, papers, recording, requests

app_name = "leave"
HERE = "n/<slug:network>/leave/"
PAPERS = "n/<slug:network>/papers/"
OF_ONE = f"{PAPERS}<uuid:worker_id>/"
urlpatterns = [
    path(HERE, calendar.home, name="home"),
    path(f"{HERE}new/", requests.new, name="new"),
    path(f"{HERE}absences/", absences.absences, name="absences"),
    path(f"{HERE}absences/<uuid:absence_id>/", absences.absence, name="absence"),
    path(f"{HERE}<uuid:leave_id>/", requests.request_page, name="request"),
    path(f"{HERE}worker/<uuid:worker_id>/", papers.leave_of, name="of-worker"),
    path(PAPERS, papers.expiring_soon, name="expiring"),
    path(OF_ONE, papers.of_worker, name="papers"),
    path(f"{OF_ONE}certificate/", recording.certificate, name="add-certificate"),
    path(f"{OF_ONE}time/", recording.weekly, name="add-time"),
    path(f"{OF_ONE}authorisation/", recording.authorisation, name="add-authorisation"),
    path(f"{OF_ONE}authorisation/<uuid:record_id>/file/", papers.file, name="file"),
    path(f"{OF_ONE}<slug:kind>/<uuid:record_id>/end/", recording.end, name="end"),
]
