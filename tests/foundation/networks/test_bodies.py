"""Outside bodies and the part each one plays."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.bodies import (
    end_involvement,
    involve_body,
    keep_involvement,
)
from maillage.foundation.networks.queries import involvements_on
from maillage.foundation.networks.refusals import InvolvementError
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.entry import list_in_network
from tests.cast import Cast

TODAY = localdate()
DAY = timedelta(days=1)


@pytest.fixture
def chamber(here: Cast) -> Organisation:
    body = Organisation.objects.create(
        register=here.register,
        kind="chamber",
        family="chamber",
        name="Chambre de métiers",
        folded_name="chambre de metiers",
    )
    list_in_network(network=here.network, organisation_ids=[body.pk])
    return body


def test_body_plays_several_parts_each_dated(
    here: Cast, alice: Acting, chamber: Organisation
) -> None:
    impulse = involve_body(acting=alice, organisation=chamber, kind="impulse", starts_on=TODAY)
    involve_body(acting=alice, organisation=chamber, kind="relay", starts_on=TODAY)
    end_involvement(acting=alice, involvement=impulse, last_day=TODAY)
    then = involvements_on(here.network, TODAY + DAY)
    assert [one.kind for one in then] == ["relay"]
    keep_involvement(acting=alice, involvement=impulse)
    assert involvements_on(here.network, TODAY + DAY).count() == 2


def test_same_part_twice_is_refused_until_the_first_has_ended(
    here: Cast, alice: Acting, chamber: Organisation
) -> None:
    first = involve_body(acting=alice, organisation=chamber, kind="funder", starts_on=TODAY)
    with pytest.raises(InvolvementError, match="already plays this part"):
        involve_body(acting=alice, organisation=chamber, kind="funder", starts_on=TODAY + DAY)
    end_involvement(acting=alice, involvement=first, last_day=TODAY)
    involve_body(acting=alice, organisation=chamber, kind="funder", starts_on=TODAY + DAY)
    with pytest.raises(InvolvementError, match="plays this part again"):
        keep_involvement(acting=alice, involvement=first)


def test_member_firm_is_no_outside_body(here: Cast, alice: Acting) -> None:
    with pytest.raises(InvolvementError, match="to which family"):
        involve_body(acting=alice, organisation=here.bakery, kind="relay", starts_on=TODAY)


def test_body_outside_the_directory_enters_it_first(here: Cast, alice: Acting) -> None:
    bank = Organisation.objects.create(
        register=here.register, kind="bank", family="financial", name="Banque", folded_name="banque"
    )
    with pytest.raises(InvolvementError, match="directory of the network first"):
        involve_body(acting=alice, organisation=bank, kind="funder", starts_on=TODAY)


def test_part_that_ends_before_it_begins_is_refused(alice: Acting, chamber: Organisation) -> None:
    first = involve_body(acting=alice, organisation=chamber, kind="carrier", starts_on=TODAY)
    with pytest.raises(InvolvementError, match="choose that day or a later one"):
        end_involvement(acting=alice, involvement=first, last_day=TODAY - DAY)


def test_firm_involves_nobody(bob: Acting, chamber: Organisation) -> None:
    with pytest.raises(PermissionDenied):
        involve_body(acting=bob, organisation=chamber, kind="relay", starts_on=TODAY)
