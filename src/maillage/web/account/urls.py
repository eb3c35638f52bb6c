"""Addresses of the area; those of allauth are beside them, under the same beginning."""

from django.urls import path

from maillage.web.account import devices, invitations, tokens, views

app_name = "account"
urlpatterns = [
    path("account/", views.home, name="home"),
    path("account/roles/", views.roles, name="roles"),
    # Stands before the page of allauth, which only signs out of all the others together.
    path("account/sessions/", devices.devices, name="devices"),
    path("account/sessions/<int:session_id>/end/", devices.end, name="end-session"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<uuid:token_id>/end/", tokens.end, name="end-token"),
    path("account/summaries/", views.summaries, name="summaries"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("demonstration/<str:token>/", views.demonstration, name="demonstration"),
]
