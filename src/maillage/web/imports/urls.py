"""Addresses of the area."""

from django.urls import path

from maillage.web.imports import acts, pages

app_name = "imports"
urlpatterns = [
    path("n/<slug:network>/imports/", pages.every, name="list"),
    path("n/<slug:network>/imports/new/", pages.new, name="new"),
    path("n/<slug:network>/imports/<uuid:public_id>/", pages.page, name="page"),
    path("n/<slug:network>/imports/<uuid:public_id>/columns/", pages.columns, name="columns"),
    path("n/<slug:network>/imports/<uuid:public_id>/progress/", pages.progress, name="progress"),
    path("n/<slug:network>/imports/<uuid:public_id>/refused/", pages.refused, name="refused"),
    path("n/<slug:network>/imports/<uuid:public_id>/read/", acts.read, name="read"),
    path("n/<slug:network>/imports/<uuid:public_id>/apply/", acts.apply, name="apply"),
    path("n/<slug:network>/imports/<uuid:public_id>/undo/", acts.undo, name="undo"),
    path("n/<slug:network>/imports/<uuid:public_id>/discard/", acts.discard, name="discard"),
]
