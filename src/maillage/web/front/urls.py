"""Addresses of the public site."""

from django.urls import path

from maillage.web.front import views

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
    path("firms/", views.firms, name="firms"),
    path("firms/<slug:network>/", views.directory, name="directory"),
    path("firms/<slug:network>/<uuid:public_id>/", views.firm, name="firm"),
    path("firms/<slug:network>/<uuid:public_id>/write/", views.write, name="write"),
    path("firms/<slug:network>/<uuid:public_id>/telephone/", views.telephone, name="telephone"),
    path("network/", views.network, name="network"),
    path("your-data/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
