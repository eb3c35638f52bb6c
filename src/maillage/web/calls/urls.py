"""Addresses of the area."""

from django.urls import path

from maillage.web.calls import absences, answering, hands, opening

app_name = "calls"
HERE = "n/<slug:network>/calls/"
CALL = f"{HERE}<uuid:call_id>/"
ABSENCE = f"{HERE}absences/<uuid:absence_id>/"
OFFER = f"{HERE}offers/<uuid:offer_id>/"
urlpatterns = [
    path(HERE, opening.home, name="home"),
    path(f"{HERE}away/", opening.away, name="away"),
    path(f"{HERE}help/", opening.help_asked, name="help"),
    path(f"{HERE}hands/", hands.hands, name="hands"),
    path(f"{HERE}hands/<uuid:hand_id>/remove/", hands.remove, name="remove-hand"),
    path(ABSENCE, absences.absence, name="absence"),
    path(f"{ABSENCE}back/", absences.back, name="back"),
    path(f"{OFFER}yes/", answering.yes, name="yes"),
    path(f"{OFFER}no/", answering.no, name="no"),
    path(CALL, answering.call, name="call"),
    path(f"{CALL}ask/", answering.ask, name="ask"),
    path(f"{CALL}look/", answering.look, name="look"),
    path(f"{CALL}withdraw/", answering.withdraw, name="withdraw"),
]
