"""Alice sees the public holidays of a year, and what each firm does."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.run.planning.holidays import holidays_between, is_may_day
from maillage.run.planning.models import HolidayRule
from tests.cast import Cast, inside
from tests.run.stories import MONDAY, slot_of

type ClientOf = Callable[[Person], Client]
COMING = list(holidays_between(localdate(), localdate() + timedelta(days=366)))
HOLIDAY = next(day for day in COMING if not is_may_day(day) and day > localdate())


def address(cast: Cast, name: str, *args: object) -> str:
    return reverse(f"planning:{name}", args=[cast.network.slug, *args])


def test_the_days_of_a_year_with_those_of_alsace(cast: Cast, client_of: ClientOf) -> None:
    year = localdate().year
    page = client_of(cast.alice).get(address(cast, "holidays"), {"year": year}).content.decode()
    assert page.count("<time") == 13
    assert page.count("In Alsace and Moselle only") == 2
    assert "L3133-4 to L3133-6" in page
    assert page.count("Not decided: closed") == 3


def test_what_a_choice_changes_is_shown_before_it_is_kept(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        slot_of(cast, cast.bakery, (HOLIDAY - MONDAY).days, 8, 12)
    alice = client_of(cast.alice)
    here = address(cast, "firm-holidays", cast.bakery.public_id)
    typed = {"usual-opening": "open", "usual-pay": "group"}
    for day in COMING:
        typed |= {f"{day}-opening": "", f"{day}-pay": "firm", f"{day}-reason": ""}
    page = alice.post(here, typed).content.decode()
    assert "1 slot to come is concerned." in page
    assert "1 place is then to be filled." in page
    with inside(cast.network):
        assert not HolidayRule.objects.exists()
    alice.post(here, typed | {"confirmed": "yes"})
    with inside(cast.network):
        rule = HolidayRule.objects.get()
    assert (rule.day, rule.opening, rule.pay) == (None, "open", "group")
    may_day = next(day for day in COMING if is_may_day(day))
    refused = alice.post(here, typed | {f"{may_day}-opening": "open"})
    assert refused.status_code == 422
    assert "Say why work cannot stop." in refused.content.decode()
