"""Addresses of the area; those of allauth are beside them, under the same beginning."""

from django.urls import path

from maillage.web.account import invitations, views

app_name = "account"
urlpatterns = [
    path("account/", views.home, name="home"),
    path("account/roles/", views.roles, name="roles"),
    path("account/summaries/", views.summaries, name="summaries"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("demonstration/<str:token>/", views.demonstration, name="demonstration"),
]
