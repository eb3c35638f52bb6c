"""Every address of the site: each area lists its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("maillage.web.front.urls")),
    path("", include("maillage.web.ui.urls")),
    path("", include("maillage.web.account.urls")),
    path("", include("maillage.web.answers.urls")),
    path("", include("maillage.web.calls.urls")),
    path("", include("maillage.web.charter.urls")),
    path("", include("maillage.web.components.urls")),
    path("", include("maillage.web.contacts.urls")),
    path("", include("maillage.web.desk.urls")),
    path("", include("maillage.web.directory.urls")),
    path("", include("maillage.web.governance.urls")),
    path("", include("maillage.web.health.urls")),
    path("", include("maillage.web.group.urls")),
    path("", include("maillage.web.imports.urls")),
    path("", include("maillage.web.leave.urls")),
    path("", include("maillage.web.mobilisation.urls")),
    path("", include("maillage.web.mywork.urls")),
    path("", include("maillage.web.needs.urls")),
    path("", include("maillage.web.runs.urls")),
    path("", include("maillage.web.questionnaires.urls")),
    path("", include("maillage.web.staff.urls")),
    path("", include("maillage.web.surveys.urls")),
    path("", include("maillage.web.trust.urls")),
    path("", include("maillage.web.week.urls")),
    path("", include("maillage.web.voice.urls")),
    path("", include("maillage.web.workshop.urls")),
    path("", include("maillage.web.planning.urls")),
    path("account/", include("allauth.urls")),
]
