"""Gaëlle opens her own page on a telephone: no account, one link."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import AuditLine
from maillage.run.employment.enums import LeaveState
from maillage.run.employment.links import new_link, page_path
from maillage.run.employment.models import Absence, Leave, Worker
from maillage.run.planning.calling.links import calendar_path, offer_path
from maillage.run.planning.calling.offering import propose
from maillage.run.planning.enums import OfferState
from maillage.run.planning.models import Acknowledgement, Assignment, CallOffer
from tests.cast import Cast, acting, inside
from tests.run.stories import lend, shared_baker
from tests.web.calls.weeks import ill, next_monday, only_call, publish, slot_on, works

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def gaelle(cast: Cast) -> Worker:
    with inside(cast.network):
        return shared_baker(cast)


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_she_reads_today_with_the_address_and_whom_to_call(
    cast: Cast, gaelle: Worker, visitor: Client
) -> None:
    today = localdate()
    with inside(cast.network):
        works(gaelle, slot_on(cast, today))
        publish(cast, today - timedelta(days=today.weekday()))
    text = text_of(visitor, page_path(gaelle))
    assert "07:00\u00a0– 12:00" in text
    assert "Boulangerie Martin" in text
    assert "1 rue du Commerce, 41000 Blois" in text
    assert "Ask for Bob" in text
    assert 'href="tel:0254000000"' in text
    assert "https://www.openstreetmap.org/?mlat=47." in text


def test_nothing_is_shown_before_it_is_published(
    cast: Cast, gaelle: Worker, visitor: Client
) -> None:
    monday = next_monday()
    with inside(cast.network):
        works(gaelle, slot_on(cast, monday))
    text = text_of(visitor, f"{page_path(gaelle)}?week={monday}")
    assert "This week is not announced yet." in text
    assert "Boulangerie" not in text


def test_the_page_is_kept_out_of_search_engines_and_of_caches(
    gaelle: Worker, visitor: Client
) -> None:
    for path in (page_path(gaelle), calendar_path(gaelle)):
        answer = visitor.get(path)
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer["Cache-Control"]


def test_reading_writes_nothing(cast: Cast, gaelle: Worker, visitor: Client) -> None:
    monday = next_monday()
    with inside(cast.network):
        works(gaelle, slot_on(cast, monday))
        publish(cast, monday)
        before = AuditLine.objects.count()
    with CaptureQueriesContext(connection) as queries:
        for path in (f"{page_path(gaelle)}?week={monday}", f"{page_path(gaelle)}rights/"):
            visitor.get(path)
    assert all(each["sql"].startswith("SELECT") for each in queries)
    with inside(cast.network):
        assert not Acknowledgement.objects.exists()
        assert AuditLine.objects.count() == before


def test_she_has_seen_her_week_then_what_changes(
    cast: Cast, gaelle: Worker, visitor: Client
) -> None:
    monday = next_monday()
    page = page_path(gaelle)
    with inside(cast.network):
        kept, dropped = slot_on(cast, monday), slot_on(cast, monday + timedelta(days=1))
        works(gaelle, kept, dropped)
        publish(cast, monday)
    assert "I have seen my week" in text_of(visitor, f"{page}?week={monday}")
    answer = visitor.post(f"{page}seen/", {"week": monday.isoformat()})
    assert answer["Location"] == f"{page}?week={monday}"
    assert "You have seen this week." in text_of(visitor, f"{page}?week={monday}")
    with inside(cast.network):
        Assignment.objects.filter(slot=dropped).delete()
        works(gaelle, slot_on(cast, monday + timedelta(days=2)))
        kept.start_minute += 60
        kept.save()
        publish(cast, monday)
    text = text_of(visitor, f"{page}?week={monday}")
    assert "I have seen what changes" in text
    assert text.count("New since last time") == 1
    assert text.count("Other hours than last time") == 1
    assert "<s>Boulangerie Martin, Tuesday" in text
    visitor.post(f"{page}seen/", {"week": monday.isoformat()})
    assert "You have seen this week." in text_of(visitor, f"{page}?week={monday}")


def test_a_new_link_closes_the_one_before(cast: Cast, gaelle: Worker, visitor: Client) -> None:
    old, feed = page_path(gaelle), calendar_path(gaelle)
    with inside(cast.network):
        new = new_link(acting=acting(cast.alice, cast.network), worker=gaelle)
    assert visitor.get(old).status_code == 410
    assert visitor.get(feed).status_code == 410
    assert visitor.get(new).status_code == 200
    assert visitor.get("/w/nothing/").status_code == 410
    assert visitor.get("/w/offer/nothing/").status_code == 410


def test_she_says_that_she_cannot_come(cast: Cast, gaelle: Worker, visitor: Client) -> None:
    day = next_monday()
    page = page_path(gaelle)
    with inside(cast.network):
        works(gaelle, slot_on(cast, day))
    typed = {"day": day.isoformat(), "kind": "sickness", "expected_on": day.isoformat()}
    assert visitor.post(f"{page}away/", typed).status_code == 422
    answer = visitor.post(f"{page}away/", {**typed, "expected_on": ""})
    assert answer["Location"] == page
    with inside(cast.network):
        assert Absence.objects.get().said_by == "Gaëlle"
        assert only_call().slot.organisation == cast.bakery


def test_she_asks_for_leave_and_withdraws_it(cast: Cast, gaelle: Worker, visitor: Client) -> None:
    page = page_path(gaelle)
    first = localdate() + timedelta(days=40)
    typed = {"kind": "paid", "starts_on": first.isoformat(), "ends_on": first.isoformat()}
    assert visitor.post(f"{page}leave/", {**typed, "ends_on": "2020-01-01"}).status_code == 422
    visitor.post(f"{page}leave/", typed)
    with inside(cast.network):
        leave = Leave.objects.get()
    assert "Asked" in text_of(visitor, f"{page}leave/")
    visitor.post(f"{page}leave/{leave.public_id}/withdraw/")
    with inside(cast.network):
        assert Leave.objects.get().state == LeaveState.WITHDRAWN


def test_nobody_withdraws_the_leave_of_another(cast: Cast, gaelle: Worker, visitor: Client) -> None:
    first = localdate() + timedelta(days=40)
    typed = {"kind": "paid", "starts_on": first.isoformat(), "ends_on": first.isoformat()}
    visitor.post(f"{page_path(gaelle)}leave/", typed)
    with inside(cast.network):
        leave, hugo = Leave.objects.get(), shared_baker(cast, "Hugo")
    answer = visitor.post(f"{page_path(hugo)}leave/{leave.public_id}/withdraw/")
    assert answer.status_code == 404


def offered(cast: Cast, *names: str) -> list[CallOffer]:
    """Let Gaëlle be ill on Monday, and ask some others."""
    with inside(cast.network):
        absent = Worker.objects.get(name="Gaëlle")
        works(absent, slot_on(cast, next_monday()))
        asked = [shared_baker(cast, name) for name in names]
        ill(absent, next_monday())
        return propose(acting=acting(cast.alice, cast.network), call=only_call(), workers=asked)


@pytest.mark.usefixtures("gaelle")
def test_of_two_who_say_yes_the_second_is_thanked(cast: Cast, visitor: Client) -> None:
    first, second = offered(cast, "Hugo", "Inès")
    text = text_of(visitor, offer_path(first))
    assert "Yes, I come" in text
    assert "nothing is held against you" in text
    assert "Gaëlle" not in text
    assert "Could you come?" in text_of(visitor, page_path(second.worker))
    visitor.post(offer_path(first), {"answer": "yes"})
    assert "Thank you: you are expected." in text_of(visitor, offer_path(first))
    visitor.post(offer_path(second), {"answer": "yes"})
    text = text_of(visitor, offer_path(second))
    assert "Thank you for being ready to come." in text
    assert "Hugo" not in text
    with inside(cast.network):
        assert Assignment.objects.get().worker == first.worker


@pytest.mark.usefixtures("gaelle")
def test_a_no_is_taken_with_or_without_a_word(cast: Cast, visitor: Client) -> None:
    (offer,) = offered(cast, "Hugo")
    visitor.post(offer_path(offer), {"answer": "no"})
    assert "You said no, and that is well" in text_of(visitor, offer_path(offer))
    with inside(cast.network):
        assert CallOffer.objects.get().state == OfferState.REFUSED
    answer = visitor.post(offer_path(offer), {"answer": "yes"})
    assert answer.status_code == 422


def test_her_calendar_is_read_by_a_telephone(cast: Cast, gaelle: Worker, visitor: Client) -> None:
    monday = next_monday()
    with inside(cast.network):
        works(gaelle, slot_on(cast, monday), slot_on(cast, monday, 14, 18))
        publish(cast, monday)
    answer = visitor.get(calendar_path(gaelle))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = events_in(answer.content.decode())
    paris = ZoneInfo("Europe/Paris")
    assert [moment(each["DTSTART"]).astimezone(paris).hour for each in events] == [7, 14]
    assert [moment(each["DTEND"]).astimezone(paris).hour for each in events] == [12, 18]
    assert {each["SUMMARY"] for each in events} == {
        "Boulangerie Martin\\, Boulangerie - viennoiserie"
    }
    assert {each["LOCATION"] for each in events} == {"1 rue du Commerce\\, 41000 Blois"}
    assert len({each["UID"] for each in events}) == 2


def events_in(text: str) -> list[dict[str, str]]:
    """Read a feed by the rules of RFC 5545: lines end in CRLF, a leading space goes on."""
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    events: list[dict[str, str]] = []
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name != "END":
            events[-1][name.partition(";")[0]] = value
    return events


def moment(text: str) -> datetime:
    """Read a universal time."""
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=ZoneInfo("UTC"))


def test_her_rights_are_said_with_their_articles(gaelle: Worker, visitor: Client) -> None:
    text = text_of(visitor, f"{page_path(gaelle)}rights/")
    for article in ("L3131-1", "L3123-12", "L3123-10", "L3123-31", "L1253-9"):
        assert article in text
    assert "Garage Lemoine, Boulangère, boulanger" in text
    assert "<b>0</b> accepted this month, 3 at most" in text


def test_with_an_account_she_needs_no_link(cast: Cast, gaelle: Worker, client_of: ClientOf) -> None:
    with inside(cast.network):
        gaelle.person = cast.denis
        gaelle.save(update_fields=["person"])
    assert client_of(cast.denis).get("/w/mine/")["Location"] == page_path(gaelle)
    assert client_of(cast.bob).get("/w/mine/").status_code == 404


def test_another_worker_and_a_competitor_are_never_named(
    cast: Cast, gaelle: Worker, visitor: Client
) -> None:
    monday = next_monday()
    with inside(cast.network):
        hugo = shared_baker(cast, "Hugo")
        lend(hugo, cast.rival)
        works(gaelle, slot_on(cast, monday))
        works(hugo, slot_on(cast, monday, organisation=cast.rival))
        publish(cast, monday)
    page = page_path(gaelle)
    for path in (f"{page}?week={monday}", f"{page}rights/", f"{page}leave/", f"{page}away/"):
        text = text_of(visitor, path)
        assert "Hugo" not in text
        assert "Fournil" not in text
    assert "Fournil" not in visitor.get(calendar_path(gaelle)).content.decode()


def test_a_page_costs_few_queries_whatever_the_week(
    cast: Cast, gaelle: Worker, client_of: ClientOf
) -> None:
    monday, alice = next_monday(), client_of(cast.alice)
    page = f"{page_path(gaelle)}?week={monday}"
    costs = []
    for rank in range(2):
        with inside(cast.network):
            for day in range(6):
                firm = cast.garage if day % 2 else cast.bakery
                slot = slot_on(cast, monday + timedelta(days=day), 8 + 5 * rank, 11 + 5 * rank)
                slot.organisation = firm
                slot.save()
                works(gaelle, slot)
            publish(cast, monday)
        with CaptureQueriesContext(connection) as queries:
            alice.get(page)
        costs.append(len(queries))
    assert max(costs) <= 12
