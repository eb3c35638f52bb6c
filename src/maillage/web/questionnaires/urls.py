"""Addresses of the area: they begin as those of surveys do, and belong to the same module.

`which` is one of the network's own by its id, or one that comes with Maillage by its key.
"""

from django.urls import URLPattern, URLResolver, include, path

from maillage.web.questionnaires import building, lists, previewing, publishing, writing

app_name = "questionnaires"
OF_A_QUESTION: list[URLPattern | URLResolver] = [
    path("", writing.question, name="question"),
    path("up/", building.move, {"up": True}, name="up"),
    path("down/", building.move, {"up": False}, name="down"),
    path("duplicate/", building.duplicate, name="duplicate"),
    path("remove/", building.remove, name="remove"),
    path("put-back/", building.put_back, name="put-back"),
]
OF_ONES_OWN: list[URLPattern | URLResolver] = [
    path("head/", writing.head, name="head"),
    path("add/<slug:kind>/", writing.add, name="add"),
    path("contact/", building.contact, name="contact"),
    path("questions/<slug:key>/", include(OF_A_QUESTION)),
    path("changes/", publishing.changes, name="changes"),
    path("publish/", publishing.publish, name="publish"),
    path("change/", publishing.begin, name="begin"),
    path("delete/", publishing.delete, name="delete"),
]
PREVIEW: list[URLPattern | URLResolver] = [
    path("", previewing.welcome, name="preview"),
    path("end/", previewing.end, name="preview-end"),
    path("questions/<slug:key>/", previewing.question, name="preview-question"),
]
HERE = "n/<slug:network>/surveys/questionnaires/"
urlpatterns = [
    path(HERE, lists.questionnaires, name="list"),
    path(f"{HERE}new/", lists.new, name="new"),
    path(f"{HERE}<uuid:questionnaire_id>/", include(OF_ONES_OWN)),
    path(f"{HERE}<slug:which>/", building.questionnaire, name="questionnaire"),
    path(f"{HERE}<slug:which>/preview/", include(PREVIEW)),
]
