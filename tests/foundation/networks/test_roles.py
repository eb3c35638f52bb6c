"""Roles are dated, and a network always has an animator."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.roles import (
    end_role,
    give_role,
    keep_role,
    take_role_back,
)
from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import NetworkRole
from maillage.foundation.networks.queries import roles_held
from maillage.foundation.networks.refusals import RoleError
from maillage.foundation.notify.models import Notification
from tests.cast import START, Cast

TODAY = localdate()
DAY = timedelta(days=1)


def kinds(cast: Cast, person: str, day: int = 0) -> list[str]:
    held = roles_held(getattr(cast, person), TODAY + day * DAY)
    return sorted(role.kind for role in held if not role.in_firm)


def role_of_alice() -> NetworkRole:
    return NetworkRole.objects.get(kind=NetworkRoleKind.ANIMATOR, starts_on=START)


def test_person_holds_a_role_from_its_first_day_to_its_last(here: Cast, alice: Acting) -> None:
    give_role(
        acting=alice, person=here.denis, kind="board", starts_on=TODAY, ends_on=TODAY + 9 * DAY
    )
    assert [kinds(here, "denis", day) for day in (-1, 0, 9, 10)] == [[], ["board"], ["board"], []]
    assert Notification.objects.get().title == "Metiers partages: you have a new role, board member"


def test_one_person_holds_several_roles_but_none_twice(here: Cast, alice: Acting) -> None:
    give_role(acting=alice, person=here.bob, kind="board", starts_on=TODAY)
    give_role(acting=alice, person=here.bob, kind="treasurer", starts_on=TODAY)
    assert kinds(here, "bob") == ["board", "treasurer"]
    with pytest.raises(RoleError, match="Bob already has this role then"):
        give_role(acting=alice, person=here.bob, kind="board", starts_on=TODAY + 5 * DAY)


def test_last_animator_stays(here: Cast, alice: Acting) -> None:
    with pytest.raises(RoleError, match="would have no animator any more"):
        end_role(acting=alice, role=role_of_alice(), last_day=TODAY)
    assert kinds(here, "alice", 1) == ["animator"]


def test_animator_hands_over_to_another_without_a_gap(here: Cast, alice: Acting) -> None:
    give_role(acting=alice, person=here.denis, kind="animator", starts_on=TODAY + 10 * DAY)
    with pytest.raises(RoleError, match="no animator"):
        end_role(acting=alice, role=role_of_alice(), last_day=TODAY + 8 * DAY)
    end_role(acting=alice, role=role_of_alice(), last_day=TODAY + 9 * DAY)
    assert (kinds(here, "alice", 9), kinds(here, "alice", 10)) == (["animator"], [])
    assert (kinds(here, "denis", 9), kinds(here, "denis", 10)) == ([], ["animator"])


def test_animator_for_a_while_or_who_may_not_sign_in_is_no_successor(
    here: Cast, alice: Acting
) -> None:
    give_role(
        acting=alice, person=here.bob, kind="animator", starts_on=TODAY, ends_on=TODAY + 90 * DAY
    )
    give_role(acting=alice, person=here.denis, kind="animator", starts_on=TODAY)
    here.denis.is_active = False
    here.denis.save(update_fields=["is_active"])
    with pytest.raises(RoleError, match="no animator"):
        end_role(acting=alice, role=role_of_alice(), last_day=TODAY)


def test_end_of_a_role_is_taken_back(here: Cast, alice: Acting) -> None:
    board = give_role(acting=alice, person=here.bob, kind="board", starts_on=TODAY - 9 * DAY)
    end_role(acting=alice, role=board, last_day=TODAY - DAY)
    assert kinds(here, "bob") == []
    with pytest.raises(RoleError, match="ended on"):
        end_role(acting=alice, role=board, last_day=TODAY)
    keep_role(acting=alice, role=board)
    assert kinds(here, "bob") == ["board"]


def test_end_is_not_taken_back_over_a_new_role(here: Cast, alice: Acting) -> None:
    board = give_role(acting=alice, person=here.bob, kind="board", starts_on=TODAY - 9 * DAY)
    end_role(acting=alice, role=board, last_day=TODAY - DAY)
    give_role(acting=alice, person=here.bob, kind="board", starts_on=TODAY)
    with pytest.raises(RoleError, match="already has this role then"):
        keep_role(acting=alice, role=board)


def test_role_given_by_mistake_is_erased_the_same_day_only(here: Cast, alice: Acting) -> None:
    board = give_role(acting=alice, person=here.bob, kind="board", starts_on=TODAY)
    take_role_back(acting=alice, role=board)
    assert not NetworkRole.objects.filter(person=here.bob).exists()
    old = give_role(acting=alice, person=here.bob, kind="board", starts_on=TODAY - DAY)
    with pytest.raises(RoleError, match="end it instead"):
        take_role_back(acting=alice, role=old)


@pytest.mark.parametrize(
    ("wrong", "said", "field"),
    [
        ({"kind": "king"}, "Choose a role", "kind"),
        ({"starts_on": TODAY + 500 * DAY}, "within a year", "starts_on"),
        ({"ends_on": TODAY - DAY}, "comes before the first", "ends_on"),
    ],
)
def test_role_that_cannot_be_is_refused(
    here: Cast, alice: Acting, wrong: dict[str, object], said: str, field: str
) -> None:
    asked = {"person": here.denis, "kind": "board", "starts_on": TODAY, **wrong}
    with pytest.raises(RoleError, match=said) as refused:
        give_role(acting=alice, **asked)
    assert refused.value.field == field


def test_end_before_the_beginning_is_refused(here: Cast, alice: Acting) -> None:
    board = give_role(acting=alice, person=here.bob, kind="board", starts_on=TODAY)
    with pytest.raises(RoleError, match="choose that day or a later one"):
        end_role(acting=alice, role=board, last_day=TODAY - DAY)


def test_only_the_animator_gives_roles(here: Cast, bob: Acting) -> None:
    with pytest.raises(PermissionDenied):
        give_role(acting=bob, person=here.bob, kind="animator", starts_on=TODAY)
