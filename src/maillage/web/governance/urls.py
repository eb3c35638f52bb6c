"""Addresses of the area."""

from django.urls import URLPattern, URLResolver, include, path

from maillage.web.governance.views import (
    bodies,
    conditions,
    decisions,
    founding,
    home,
    invitations,
    members,
    objectives,
    people,
    settings,
)

app_name = "governance"

MEMBERS = [
    path("", members.members, name="members"),
    path("<uuid:public_id>/", members.member, name="member"),
    path("<uuid:public_id>/enter/", members.enter, name="enter"),
    path("<uuid:public_id>/return/", members.come_back, name="come-back"),
    path("<uuid:public_id>/place/", members.change_tier, name="change-tier"),
    path("<uuid:public_id>/leave/", members.leave, name="leave"),
    path("<uuid:public_id>/stay/", members.stay, name="stay"),
    path("<uuid:public_id>/take-back/", members.take_entry_back, name="take-entry-back"),
]
PEOPLE = [
    path("", people.people, name="people"),
    path("appoint/", invitations.appoint, name="appoint"),
    path("firm/<uuid:public_id>/", invitations.invite_to_firm, name="invite-to-firm"),
    path(
        "invitations/<uuid:public_id>/revoke/",
        invitations.revoke_invitation,
        name="revoke-invitation",
    ),
    path(
        "invitations/<uuid:public_id>/renew/",
        invitations.renew_invitation,
        name="renew-invitation",
    ),
    path("<uuid:public_id>/end/", people.end_role, name="end-role"),
    path("<uuid:public_id>/keep/", people.keep_role, name="keep-role"),
    path("<uuid:public_id>/take-back/", people.take_role_back, name="take-role-back"),
]
OBJECTIVES = [
    path("", objectives.objectives, name="objectives"),
    path("new/", objectives.propose, name="propose"),
    path("<uuid:public_id>/", objectives.objective, name="objective"),
    path("<uuid:public_id>/change/", objectives.revise, name="revise"),
    path("<uuid:public_id>/endorse/", objectives.endorse, name="endorse"),
    path("<uuid:public_id>/withdraw/", objectives.withdraw, name="withdraw"),
    path("<uuid:public_id>/member-yes/", objectives.record_yes, name="record-yes"),
    path("<uuid:public_id>/reached/", objectives.end, {"state": "reached"}, name="reach-objective"),
    path("<uuid:public_id>/dropped/", objectives.end, {"state": "dropped"}, name="drop-objective"),
    path("<uuid:public_id>/reopen/", objectives.reopen, name="reopen-objective"),
]
DECISIONS = [
    path("", decisions.decisions, name="decisions"),
    path("new/", decisions.new_decision, name="new-decision"),
    path("<uuid:public_id>/", decisions.decision, name="decision"),
]
MODULES = [
    path("", decisions.modules, name="modules"),
    path("<slug:key>/on/", decisions.switch_on, name="switch-on"),
    path("<slug:key>/take-back/", decisions.take_back, name="take-module-back"),
]
CONDITIONS = [
    path("", conditions.conditions, name="conditions"),
    path("<uuid:public_id>/met/", conditions.met, name="condition-met"),
    path("<uuid:public_id>/solve/", conditions.solve, name="condition-solve"),
    path("tasks/<uuid:public_id>/done/", conditions.task_done, name="task-done"),
    path("tasks/<uuid:public_id>/undone/", conditions.task_undone, name="task-undone"),
]
BODIES = [
    path("", bodies.bodies, name="bodies"),
    path("new/", bodies.involve, name="involve"),
    path("<uuid:public_id>/end/", bodies.end, name="end-involvement"),
    path("<uuid:public_id>/keep/", bodies.keep, name="keep-involvement"),
]
NETWORK: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("members/", include(MEMBERS)),
    path("people/", include(PEOPLE)),
    path("objectives/", include(OBJECTIVES)),
    path("decisions/", include(DECISIONS)),
    path("modules/", include(MODULES)),
    path("conditions/", include(CONDITIONS)),
    path("bodies/", include(BODIES)),
    path("settings/", settings.settings, name="settings"),
    path("settings/close/", settings.close, name="close"),
]
urlpatterns = [
    path("networks/new/", founding.new, name="new"),
    path("networks/<slug:network>/open-again/", settings.open_again, name="open-again"),
    path("n/<slug:network>/network/", include(NETWORK)),
]
