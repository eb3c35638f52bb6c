"""Addresses of the area."""

from django.urls import path

from maillage.web.desk import messages, searching, views

app_name = "desk"

urlpatterns = [
    path("desk/", views.home, name="home"),
    path("messages/", messages.notifications, name="notifications"),
    path("messages/read/", messages.read_all, name="read-all"),
    path("messages/<uuid:public_id>/open/", messages.open_message, name="open"),
    path("messages/stop/<uuid:token>/", messages.stop, name="stop"),
    path("n/<slug:network>/desk/", views.network_desk, name="network"),
    path("n/<slug:network>/desk/tasks/<uuid:public_id>/", views.task, name="task"),
    path("n/<slug:network>/search/", searching.search, name="search"),
]
