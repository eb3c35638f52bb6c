"""Typed, dated links between organisations."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from maillage.bricks.links.actions import LinkError, end_link, link, resume_link
from maillage.bricks.links.models import Link
from maillage.bricks.links.queries import links_of
from maillage.foundation.audit.models import AuditLine
from maillage.foundation.organisations.models import Organisation
from tests.cast import Cast, inside

DAY = date(2026, 1, 5)


def customer(cast: Cast, kind: str = "customer", day: date = DAY) -> Link:
    return link(
        source=cast.bakery,
        target=cast.garage,
        kind=kind,
        starts_on=day,
        actor_id=cast.alice.public_id,
    )


def at(cast: Cast, firm: Organisation, day: date) -> list[str]:
    everybody = Organisation.objects.order_by().values("pk")
    return [one.kind for one in links_of(firm.pk, day, among=everybody)]


def test_link_holds_from_its_first_day_to_its_last(cast: Cast) -> None:
    with inside(cast.network):
        made = customer(cast)
        end_link(link=made, day=DAY + timedelta(days=9), actor_id=None)
        days = [DAY - timedelta(days=1), DAY, DAY + timedelta(days=9), DAY + timedelta(days=10)]
        assert [at(cast, cast.garage, day) for day in days] == [[], ["customer"], ["customer"], []]
        assert at(cast, cast.rival, DAY) == []


def test_link_with_an_organisation_outside_those_given_does_not_exist(cast: Cast) -> None:
    with inside(cast.network):
        customer(cast)
        others = Organisation.objects.exclude(pk=cast.garage.pk).order_by().values("pk")
        assert list(links_of(cast.bakery.pk, DAY, among=others)) == []


def test_link_leaves_a_line_with_its_values(cast: Cast) -> None:
    with inside(cast.network):
        made = customer(cast)
    line = AuditLine.objects.get(subject_id=made.public_id)
    values = {one.field: one.after for one in line.values_changed.all()}
    assert (line.act, line.actor_id) == ("link", cast.alice.public_id)
    assert (values["kind"], values["source"]) == ("customer", str(cast.bakery.public_id))


def test_same_link_twice_is_refused_and_again_after_its_end_is_not(cast: Cast) -> None:
    with inside(cast.network):
        made = customer(cast)
        with pytest.raises(LinkError, match="linked so already"):
            customer(cast)
        end_link(link=made, day=localdate(), actor_id=None)
        customer(cast)
        with pytest.raises(LinkError, match="linked so already"):
            resume_link(link=made, actor_id=None)


def test_neighbours_are_neighbours_from_both_sides(cast: Cast) -> None:
    with inside(cast.network):
        customer(cast, "neighbour")
        with pytest.raises(LinkError, match="linked so already"):
            link(
                source=cast.garage,
                target=cast.bakery,
                kind="neighbour",
                starts_on=DAY,
                actor_id=None,
            )


def test_impossible_links_are_refused(cast: Cast) -> None:
    with inside(cast.network):
        with pytest.raises(LinkError, match="not linked to itself"):
            link(
                source=cast.bakery,
                target=cast.bakery,
                kind="customer",
                starts_on=DAY,
                actor_id=None,
            )
        with pytest.raises(LinkError, match="Choose what links them"):
            customer(cast, "enemy")
        with pytest.raises(LinkError, match="before the first"):
            end_link(link=customer(cast), day=DAY - timedelta(days=1), actor_id=None)
