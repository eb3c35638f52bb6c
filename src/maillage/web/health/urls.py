"""Addresses of the area."""

from django.urls import path

from maillage.web.health import deciding, views

app_name = "health"
HERE = "n/<slug:network>/staff-health/"
urlpatterns = [
    path(HERE, views.home, name="home"),
    path(f"{HERE}look/", views.look, name="look"),
    path(f"{HERE}recruit/", views.recruit, name="recruit"),
    path(f"{HERE}<slug:indicator>/", views.indicator, name="indicator"),
    path(f"{HERE}<slug:indicator>/threshold/", deciding.threshold, name="threshold"),
    path(f"{HERE}<slug:indicator>/plan/", deciding.plan, name="plan"),
    path(f"{HERE}<slug:indicator>/decision/", deciding.decision, name="decision"),
]
