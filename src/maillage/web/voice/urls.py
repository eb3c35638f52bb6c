"""Addresses of the area."""

from django.urls import path

from maillage.web.voice import hearing, saying, settling

app_name = "voice"
HERE = "n/<slug:network>/voice/"
OWN = "w/<str:token>/voice/"
urlpatterns = [
    path(HERE, hearing.home, name="home"),
    path(f"{HERE}delegates/new/", settling.elect, name="elect"),
    path(f"{HERE}delegates/<uuid:delegate_id>/end/", settling.end, name="end-mandate"),
    path(f"{HERE}grievances/<uuid:grievance_id>/", hearing.grievance, name="grievance"),
    path(f"{HERE}meetings/<uuid:meeting_id>/", settling.meeting, name="meeting"),
    path(OWN, saying.home, name="own"),
    path(f"{OWN}known/", saying.known, name="known"),
    path(f"{OWN}known/stop/", saying.unknown, name="unknown"),
    path(f"{OWN}grievances/new/", saying.new_grievance, name="say"),
    path(f"{OWN}grievances/<uuid:grievance_id>/", saying.grievance, name="own-grievance"),
    path(f"{OWN}grievances/<uuid:grievance_id>/settle/", saying.settle, name="settle"),
    path(f"{OWN}meetings/new/", saying.new_meeting, name="ask-meeting"),
    path(f"{OWN}meetings/<uuid:meeting_id>/support/", saying.support, name="support"),
]
