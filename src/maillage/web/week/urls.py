"""Addresses of the area."""

from django.urls import path

from maillage.web.week import acting, hands, people, week

app_name = "week"
HERE = "n/<slug:network>/week/"
urlpatterns = [
    path(HERE, week.home, name="home"),
    path(f"{HERE}people/", people.people, name="people"),
    path(f"{HERE}elsewhere/", people.elsewhere, name="elsewhere"),
    path(f"{HERE}hands/", hands.hands, name="hands"),
    path(f"{HERE}hands/<uuid:hand_id>/remove/", hands.remove, name="remove-hand"),
    path(f"{HERE}slots/<uuid:slot_id>/<uuid:worker_id>/", acting.nobody, name="nobody"),
    path(f"{HERE}calls/<uuid:call_id>/withdraw/", acting.withdraw, name="withdraw"),
]
