"""Addresses of the area."""

from django.urls import path

from maillage.web.billing import following, month, ours, payments, settings

app_name = "billing"
HERE = "n/<slug:network>/billing/"
INVOICE = f"{HERE}invoices/<uuid:invoice_id>/"
urlpatterns = [
    path(HERE, month.home, name="home"),
    path(f"{HERE}issue/", month.issue, name="issue"),
    path(f"{HERE}settings/", settings.profile, name="profile"),
    path(f"{HERE}price/", settings.price, name="price"),
    path(f"{HERE}mine/", ours.mine, name="mine"),
    path(f"{HERE}mine/<uuid:invoice_id>/file/", ours.file, name="our-file"),
    path(f"{HERE}payments/", payments.home, name="payments"),
    path(f"{HERE}payments/bank/", payments.bank, name="bank"),
    path(f"{HERE}payments/act/", payments.act, name="act"),
    path(f"{HERE}payments/mandates/", payments.mandate, name="mandate"),
    path(f"{HERE}payments/orders/<uuid:order_id>/", payments.order, name="order"),
    path(INVOICE, following.invoice, name="invoice"),
    path(f"{INVOICE}file/<str:kind>/", following.file, name="file"),
    path(f"{INVOICE}follow/", following.step, name="follow"),
    path(f"{INVOICE}take-back/", following.undo, name="take-back"),
]
