"""Addresses of the area."""

from django.urls import path

from maillage.web.runs import views

app_name = "runs"
urlpatterns = [
    path("runs/", views.mine, name="mine"),
    path("runs/<uuid:public_id>/", views.page, name="page"),
    path("runs/<uuid:public_id>/cancel/", views.cancel, name="cancel"),
]
