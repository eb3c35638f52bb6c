"""Addresses of the area: no account is needed, the link says who reads."""

from django.urls import path

from maillage.web.mywork import calendar, mine, offers, rights, saying, week

app_name = "mywork"
HERE = "w/<str:token>/"
urlpatterns = [
    path("w/mine/", mine.mine, name="mine"),
    path("w/calendar/<str:token>.ics", calendar.feed, name="calendar"),
    path("w/offer/<str:token>/", offers.by_link, name="offer"),
    path(HERE, week.home, name="home"),
    path(f"{HERE}seen/", week.seen, name="seen"),
    path(f"{HERE}away/", saying.away, name="away"),
    path(f"{HERE}leave/", saying.leave, name="leave"),
    path(f"{HERE}leave/<uuid:leave_id>/withdraw/", saying.withdraw, name="withdraw-leave"),
    path(f"{HERE}rights/", rights.rights, name="rights"),
]
