"""Addresses of the area: short, since they are printed and typed."""

from django.urls import path

from maillage.web.answers import views

app_name = "answers"
urlpatterns = [
    path("s/<str:token>/", views.welcome, name="welcome"),
    path("s/<str:token>/check/", views.check, name="check"),
    path("s/<str:token>/<slug:key>/", views.question, name="question"),
]
