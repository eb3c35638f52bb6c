"""The employer group of the world: set up, told of, with a vote under way."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.db.models import Model
from django.utils.timezone import localdate

from maillage.foundation.notify.models import Notification
from maillage.run.group.actions import add_manager
from maillage.run.group.comparing import Cell, begin_comparison, fill_cells, open_vote
from maillage.run.group.enums import ComparedItem
from maillage.run.group.feed import path_of
from maillage.run.group.models import Deadline
from maillage.run.group.solidarity import record_key
from maillage.run.group.vat import set_vat
from tests.cast import Cast, acting
from tests.run.group.stories import days_ago, grouped, told

# Which things fit the places of the area's addresses.
PLACES: Mapping[str, tuple[str, ...]] = {
    "kind_wanted": ("kind of group",),
    "manager_id": ("manager",),
    "paper": ("paper",),
    "filing_id": ("filing",),
    "deadline_id": ("deadline",),
    "basis": ("basis of a key",),
    "whose": ("the group itself", "bakery"),
    "comparison_id": ("comparison",),
    "group:fill comparison_id": ("draft comparison",),
    "group:fill rank": ("first post",),
    "group:calendar token": ("calendar of the group",),
}


def of_group(cast: Cast) -> tuple[dict[str, Model], dict[str, str]]:
    """Let everything happen once to the group; return what has a public id, and what has none."""
    alice = acting(cast.alice, cast.network)
    group = grouped(cast, kind="b")
    manager = add_manager(
        acting=alice, group=group, name="Alix Roy", function="Chair", address="2 rue Haute"
    )
    filing = told(cast, group, "declaration", days_ago(3))
    record_key(
        acting=alice,
        group=group,
        basis="all",
        effective_from=days_ago(2),
        statutes_ref="article 9",
        cap=Decimal(5000),
    )
    set_vat(
        acting=alice,
        group=group,
        organisation=cast.bakery,
        year=localdate().year,
        regime="exempt",
        basis="CGI 261 B",
        taxable_share=Decimal(17),
        evidence="Accounts",
    )
    draft, voted = (
        begin_comparison(
            acting=alice, group=group, title=title, agreements=["843", "1090"], posts=["Vendeuse"]
        )
        for title in ("Which agreement later?", "Which agreement?")
    )
    cells = [
        Cell("Vendeuse", code, item, f"{item} {code}", "Article 5")
        for code in ("0843", "1090")
        for item in ComparedItem.values
    ]
    fill_cells(acting=alice, comparison=voted, post="Vendeuse", cells=cells)
    open_vote(acting=alice, comparison=voted, until=localdate() + timedelta(days=7))
    # Told in the language of whoever is told, not in that of the page.
    Notification.objects.all().delete()
    deadline = Deadline.objects.filter(group=group, rule="needs").first()
    assert deadline is not None
    named: dict[str, Model] = {
        "manager": manager,
        "filing": filing,
        "deadline": deadline,
        "comparison": voted,
        "draft comparison": draft,
    }
    things = {
        "kind of group": "b",
        "paper": "declaration",
        "basis of a key": "hours",
        "the group itself": "group",
        "first post": "1",
        "calendar of the group": path_of(group).removeprefix("/g/").removesuffix(".ics"),
    }
    return named, things
