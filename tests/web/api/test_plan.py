"""A program reads the week and places somebody, with the rights of whoever gave it a token."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person, PersonalToken
from maillage.foundation.accounts.tokens import make_token
from maillage.foundation.networks.models import NetworkModule
from maillage.run.employment.models import Worker
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Assignment, Slot
from tests.cast import Cast, cast_of, inside
from tests.run.stories import MONDAY, shared_baker, slot_of

type ClientOf = Callable[[Person], Client]
NEXT = monday_of(localdate()) + timedelta(weeks=1)
DAYS = (NEXT - MONDAY).days


def token_of(person: Person, days: int = 30) -> str:
    _made, secret = make_token(
        person=person, name="Payroll", expires_on=localdate() + timedelta(days=days)
    )
    return secret


def read(cast: Cast, token: str = "", client: Client | None = None) -> Any:
    headers = {"Accept-Language": "en"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    address = f"/api/v1/n/{cast.network.slug}/weeks/{NEXT}/"
    return (client or Client()).get(address, headers=headers)


def assign(
    cast: Cast, slot: Slot, worker: Worker, token: str, client: Client | None = None, **more: Any
) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return (client or Client()).post(
        f"/api/v1/n/{cast.network.slug}/assignments/",
        json.dumps({"slot": str(slot.public_id), "worker": str(worker.public_id), **more}),
        content_type="application/json",
        headers=headers,
    )


def test_the_week_says_who_is_where_and_what_is_missing(cast: Cast) -> None:
    with inside(cast.network):
        gaelle = shared_baker(cast)
        slot = slot_of(cast, cast.bakery, DAYS, 6, 12.5, people=2)
        seat = Assignment.objects.create(slot=slot, worker=gaelle)
    answer = read(cast, token_of(cast.alice))
    assert answer.status_code == 200
    assert answer.json() == {
        "monday": NEXT.isoformat(),
        "slots": [
            {
                "id": str(slot.public_id),
                "firm": {"id": str(cast.bakery.public_id), "name": "Boulangerie Martin"},
                "occupation": "D1102",
                "occupation_label": "Boulangerie - viennoiserie",
                "level": 1,
                "day": NEXT.isoformat(),
                "start": "06:00",
                "end": "12:30",
                "people": 2,
                "missing": 1,
                "importance": 3,
                "urgent": False,
                "open": True,
                "assignments": [
                    {
                        "id": str(seat.public_id),
                        "worker": {"id": str(gaelle.public_id), "name": "Gaëlle"},
                        "fixed": False,
                    }
                ],
            }
        ],
    }


def test_somebody_is_placed_by_the_act_of_the_board(cast: Cast) -> None:
    with inside(cast.network):
        gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
        morning = slot_of(cast, cast.bakery, DAYS, 6, 12)
        evening = slot_of(cast, cast.bakery, DAYS, 17, 22)
        sunday = slot_of(cast, cast.bakery, DAYS + 6, 8, 12)
    token = token_of(cast.alice)
    answer = assign(cast, morning, gaelle, token)
    assert (answer.status_code, answer.json()["worker"]["name"]) == (201, "Gaëlle")
    refused = assign(cast, evening, gaelle, token)
    assert refused.status_code == 422
    findings = {one["rule"]: one["article"] for one in refused.json()["findings"]}
    assert findings["daily_maximum"] == "L3121-18"
    taken = assign(cast, morning, hugo, token)
    assert (taken.status_code, taken.json()["findings"]) == (409, [])
    assert assign(cast, sunday, gaelle, token).status_code == 422
    paper = [{"rule": "sunday_work", "document": "Written agreement", "reason": "Fair"}]
    assert assign(cast, sunday, gaelle, token, overrides=paper).status_code == 201
    with inside(cast.network):
        assert Assignment.objects.count() == 2
        assert Assignment.objects.get(slot=morning).made_by_id == cast.alice.public_id


def test_a_session_may_be_used_with_its_own_protection(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        gaelle, slot = shared_baker(cast), slot_of(cast, cast.bakery, DAYS, 6, 12)
    assert read(cast, client=client_of(cast.alice)).status_code == 200
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.alice)
    assert assign(cast, slot, gaelle, "", strict).status_code == 403
    with inside(cast.network):
        assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("bob", 403), ("chloe", 403), ("denis", 404), ("emma", 403), ("farid", 403)]
)
def test_a_token_gives_no_more_than_its_owner_has(cast: Cast, who: str, status: int) -> None:
    with inside(cast.network):
        gaelle, slot = shared_baker(cast), slot_of(cast, cast.bakery, DAYS, 6, 12)
    token = token_of(getattr(cast, who))
    for answer in (read(cast, token), assign(cast, slot, gaelle, token)):
        assert answer.status_code == status
        text = answer.content.decode()
        assert "Boulangerie" not in text
        assert "Gaëlle" not in text


def test_nothing_of_another_network_is_reached(cast: Cast) -> None:
    other = cast_of("another-network")
    with inside(other.network):
        theirs, slot = shared_baker(other, "Inès"), slot_of(other, other.bakery, DAYS, 6, 12)
    with inside(cast.network):
        gaelle, ours = shared_baker(cast), slot_of(cast, cast.bakery, DAYS, 6, 12)
    token = token_of(cast.alice)
    assert read(other, token).status_code == 404
    assert assign(cast, slot, gaelle, token).status_code == 404
    assert assign(cast, ours, theirs, token).status_code == 404
    assert "Inès" not in read(cast, token).content.decode()


def test_without_a_token_that_works_nobody_gets_in(cast: Cast) -> None:
    token = token_of(cast.alice)
    assert PersonalToken.objects.get().fingerprint != token
    assert token not in str(PersonalToken.objects.values())
    assert read(cast).status_code == 401
    assert read(cast, "forged").status_code == 401
    PersonalToken.objects.update(expires_on=localdate() - timedelta(days=1))
    assert read(cast, token).status_code == 401
    PersonalToken.objects.update(expires_on=localdate())
    Person.objects.filter(pk=cast.alice.pk).update(is_active=False)
    assert read(cast, token).status_code == 401


def test_the_doors_of_the_pages_are_those_of_programs(cast: Cast) -> None:
    token = token_of(cast.alice)
    cast.network.strong_sign_in = True
    cast.network.save(update_fields=["strong_sign_in"])
    assert "second proof" in read(cast, token).json()["detail"]
    cast.network.strong_sign_in = False
    cast.network.save(update_fields=["strong_sign_in"])
    with inside(cast.network):
        NetworkModule.objects.filter(key="planning").delete()
    assert read(cast, token).status_code == 404


def test_what_is_sent_is_read_strictly(cast: Cast) -> None:
    headers = {"Authorization": f"Bearer {token_of(cast.alice)}"}
    address = f"/api/v1/n/{cast.network.slug}"
    assert Client().get(f"{address}/weeks/soon/", headers=headers).status_code == 422
    assert Client().get(f"{address}/weeks/0001-01-01/", headers=headers).status_code == 422
    for body in ("", "{}", '{"slot": 1, "worker": 2}', "[]"):
        answer = Client().post(
            f"{address}/assignments/", body, content_type="application/json", headers=headers
        )
        assert answer.status_code in {400, 422}


def test_the_interface_describes_itself() -> None:
    described = Client().get("/api/v1/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1/n/{network}/weeks/{monday}/",
        "/api/v1/n/{network}/assignments/",
    }
