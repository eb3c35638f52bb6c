"""Addresses of the area: no account is needed, the link says who reads."""

from django.urls import path

from maillage.web.mywork import calendar, hours, mine, offers, rights, saying, week

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
    path(f"{HERE}hours/", hours.hours, name="hours"),
    path(f"{HERE}hours/more/", hours.more_hours, name="more-hours"),
    path(f"{HERE}hours/spent/", hours.expense, name="expense"),
    path(f"{HERE}hours/<uuid:entry_id>/", hours.otherwise, name="otherwise"),
    path(f"{HERE}hours/<uuid:entry_id>/as-planned/", hours.as_planned, name="as-planned"),
    path(f"{HERE}rights/", rights.rights, name="rights"),
]
