"""Address of the living page of components."""

from django.urls import path

from maillage.web.components.views import page

app_name = "components"
urlpatterns = [path("composants/", page, name="page")]
