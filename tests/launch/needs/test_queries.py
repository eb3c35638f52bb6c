"""What is read of needs, and by whom."""

from django.utils.timezone import localdate, now

from maillage.foundation.networks.models import Membership
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.models import FieldLevels, Introduction
from maillage.launch.needs.actions import move_need
from maillage.launch.needs.enums import NeedState
from maillage.launch.needs.models import Need
from maillage.launch.needs.queries import shown_needs, staff_needs
from tests.cast import Cast, acting, cast_of, inside
from tests.launch.needs.stories import SUMMER, stated


def test_staff_needs_are_open_needs_with_hours_of_firms_that_are_there(cast: Cast) -> None:
    with inside(cast.network):
        kept = stated(cast, cast.bakery, half_hours=SUMMER, occupation="D1106")
        stated(cast, cast.bakery, title="Four", topic="equipment")
        stated(cast, cast.bakery, title="Apprenti", half_hours=[0] * 12)
        stated(cast, cast.bakery, title="Livreur", kind="offer", half_hours=SUMMER)
        dropped = stated(cast, cast.bakery, title="Caissier", half_hours=SUMMER)
        alice = acting(cast.alice, cast.network)
        move_need(acting=alice, need=dropped, to=NeedState.DROPPED, reason="x")
        stated(cast, cast.garage, title="Mécanicien", half_hours=SUMMER)
        stated(cast, cast.rival, title="Pâtissier", half_hours=SUMMER)
        Organisation.objects.filter(pk=cast.garage.pk).update(closed_on=localdate())
        Membership.objects.filter(organisation=cast.rival).delete()
        (only,) = staff_needs(cast.network)
    assert only.need_id == kept.public_id
    assert only.organisation_id == cast.bakery.pk
    assert only.organisation_public_id == cast.bakery.public_id
    assert (only.firm, only.place) == ("Boulangerie Martin", "Blois")
    assert (only.occupation, only.half_hours) == ("D1106", SUMMER)


def test_staff_needs_of_another_network_stay_there(cast: Cast) -> None:
    other = cast_of("autre-reseau")
    with inside(other.network):
        stated(other, other.bakery, half_hours=SUMMER)
        assert len(staff_needs(other.network)) == 1
    with inside(cast.network):
        assert staff_needs(cast.network) == ()


def titles(cast: Cast, who: str) -> list[str]:
    """Return what somebody reads of the needs of others."""
    found = shown_needs(acting(getattr(cast, who), cast.network))
    return sorted(found.values_list("title", flat=True))


def test_a_need_is_shown_as_far_as_its_firm_chose(cast: Cast) -> None:
    with inside(cast.network):
        stated(cast, cast.garage, title="Privé")
        stated(cast, cast.garage, title="Présenté", level=Level.MATCHED)
        stated(cast, cast.garage, title="Montré", level=Level.NETWORK)
        stated(cast, cast.bakery, title="À moi", level=Level.NETWORK)
        assert titles(cast, "bob") == ["Montré"]
        Introduction.objects.create(
            network=cast.network, asking=cast.garage, asked=cast.bakery, accepted_at=now()
        )
        assert titles(cast, "bob") == ["Montré", "Présenté"]


def test_competitors_know_nothing_of_each_other_s_needs(cast: Cast) -> None:
    with inside(cast.network):
        stated(cast, cast.bakery, title="Four", level=Level.PUBLIC)
        FieldLevels.objects.update(presence=Level.PUBLIC)
        stated(cast, cast.garage, title="Pont", level=Level.NETWORK)
        assert titles(cast, "emma") == ["Pont"]
        assert titles(cast, "chloe") == []


def test_what_is_closed_is_shown_no_more(cast: Cast) -> None:
    with inside(cast.network):
        need = stated(cast, cast.garage, title="Pont", level=Level.NETWORK)
        assert titles(cast, "bob") == ["Pont"]
        Need.objects.filter(pk=need.pk).update(state=NeedState.SERVED)
        assert titles(cast, "bob") == []
