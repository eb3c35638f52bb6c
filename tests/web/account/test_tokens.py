"""Alice gives a program a token, which is shown once, and takes it back."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person, PersonalToken
from maillage.foundation.accounts.tokens import person_with
from tests.cast import Cast

type ClientOf = Callable[[Person], Client]


def test_a_token_is_shown_once_and_ended(cast: Cast, client_of: ClientOf) -> None:
    alice, here = client_of(cast.alice), reverse("account:tokens")
    typed = {"name": "Payroll", "expires_on": (localdate() + timedelta(days=10)).isoformat()}
    page = alice.post(here, typed).content.decode()
    secret = page.split('id="secret" value="')[1].split('"')[0]
    assert person_with(secret) == cast.alice
    assert secret not in alice.get(here).content.decode()
    made = PersonalToken.objects.get()
    end = reverse("account:end-token", args=[made.public_id])
    assert client_of(cast.bob).post(end).status_code == 404
    alice.post(end)
    assert person_with(secret) is None


def test_a_token_lasts_a_year_at_most(cast: Cast, client_of: ClientOf) -> None:
    for days in (-1, 400):
        typed = {"name": "Long", "expires_on": (localdate() + timedelta(days=days)).isoformat()}
        refused = client_of(cast.alice).post(reverse("account:tokens"), typed)
        assert refused.status_code == 422
    assert not PersonalToken.objects.exists()
