"""Addresses of the area; those of a firm's month are opened by a link, without an account."""

from django.urls import path

from maillage.web.hours import answering, confirming, keeping, month, ours

app_name = "hours"
HERE = "n/<slug:network>/hours/"
ENTRY = f"{HERE}entries/<uuid:entry_id>/"
LINK = "h/<str:token>/"
urlpatterns = [
    path(HERE, month.home, name="home"),
    path(f"{HERE}close/", keeping.close, name="close"),
    path(f"{HERE}pay/", keeping.pay, name="pay"),
    path(f"{HERE}send/", keeping.send, name="send"),
    path(f"{HERE}expenses/<uuid:expense_id>/answer/", keeping.expense, name="expense"),
    path(f"{HERE}expenses/<uuid:expense_id>/receipt/", keeping.receipt, name="receipt"),
    path(f"{HERE}firms/<uuid:firm_id>/", month.firm, name="firm"),
    path(f"{HERE}mine/", ours.mine, name="mine"),
    path(ENTRY, answering.entry, name="entry"),
    path(f"{ENTRY}change/", answering.change, name="change"),
    path(LINK, confirming.by_link, name="by-link"),
    path(f"{LINK}dispute/<uuid:entry_id>/", confirming.dispute_it, name="dispute"),
]
