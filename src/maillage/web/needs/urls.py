"""Addresses of the area."""

from django.urls import path

from maillage.web.needs import commons, lists, matches, matches_list, mine, progress, record

app_name = "needs"
HERE = "n/<slug:network>/needs/"
urlpatterns = [
    path(HERE, lists.needs, name="list"),
    path(f"{HERE}progress/", progress.progress, name="progress"),
    path(f"{HERE}new/", record.new, name="new"),
    path(f"{HERE}matches/", matches_list.matches, name="matches"),
    path(f"{HERE}matches/look/", matches_list.look, name="look"),
    path(f"{HERE}matches/alone/", matches_list.alone, name="alone"),
    path(f"{HERE}common/", commons.common, name="common"),
    path(f"{HERE}common/<slug:key>/act/", commons.act, name="common-act"),
    path(f"{HERE}common/<slug:key>/dismiss/", commons.dismiss, name="common-dismiss"),
    path(f"{HERE}common/kept/<uuid:common_id>/undo/", commons.undo, name="common-undo"),
    path(f"{HERE}<uuid:need_id>/", record.need, name="need"),
    path(f"{HERE}<uuid:need_id>/change/", record.change, name="change"),
    path(f"{HERE}<uuid:need_id>/move/", record.move, name="move"),
    path(f"{HERE}mine/", mine.mine, name="mine"),
    path(f"{HERE}mine/new/", mine.new, name="mine-new"),
    path(f"{HERE}mine/others/", lists.others, name="others"),
    path(f"{HERE}mine/matches/", matches.matches, name="mine-matches"),
    path(f"{HERE}mine/matches/<uuid:match_id>/yes/", matches.yes, name="match-yes"),
    path(f"{HERE}mine/matches/<uuid:match_id>/no/", matches.no, name="match-no"),
    path(f"{HERE}mine/matches/<uuid:match_id>/back/", matches.back, name="match-back"),
    path(f"{HERE}mine/<uuid:need_id>/change/", mine.change, name="mine-change"),
    path(f"{HERE}mine/<uuid:need_id>/level/", mine.level, name="mine-level"),
    path(f"{HERE}mine/<uuid:need_id>/withdraw/", mine.withdraw, name="mine-withdraw"),
]
