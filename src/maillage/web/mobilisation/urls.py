"""Addresses of the area."""

from django.urls import path

from maillage.web.mobilisation import figures, lists, mine, moving, noting, obstacles, record

app_name = "mobilisation"
HERE = "n/<slug:network>/mobilisation/"
FIRM = f"{HERE}<uuid:public_id>/"
urlpatterns = [
    path(HERE, lists.firms, name="list"),
    path(f"{HERE}figures/", figures.figures, name="figures"),
    path(f"{HERE}brakes/", figures.brakes, name="brakes"),
    path(f"{HERE}mine/", mine.mine, name="mine"),
    path(f"{HERE}mine/reason/", mine.reason, name="mine-reason"),
    path(FIRM, record.firm, name="firm"),
    path(f"{FIRM}move/<slug:to>/", moving.move, name="move"),
    path(f"{FIRM}reason/", noting.reason, name="reason"),
    path(f"{FIRM}relay/", noting.relay, name="relay"),
    path(f"{FIRM}motive/", noting.motive, name="motive"),
    path(f"{FIRM}motive/<slug:kind>/remove/", noting.remove_motive, name="remove-motive"),
    path(f"{FIRM}obstacle/", obstacles.obstacle, name="obstacle"),
    path(
        f"{FIRM}obstacles/<uuid:obstacle_id>/remove/",
        obstacles.remove_obstacle,
        name="remove-obstacle",
    ),
    path(f"{FIRM}obstacles/<uuid:obstacle_id>/try/", obstacles.attempt, name="try"),
    path(f"{FIRM}attempts/<uuid:attempt_id>/", obstacles.result, name="result"),
]
