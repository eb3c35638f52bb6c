import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from maillage.foundation.accounts.addresses import has_proven, prove_address
from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.models import NetworkRole
from maillage.foundation.notify.models import DigestPreference
from tests.cast import Cast, inside
from tests.web.account.test_invitation import PASSWORD, last_code

OPEN = (
    "/account/login/",
    "/account/login/code/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/signup/",
    "/account/inactive/",
    "/account/confirm-email/",
)
OWN = (
    "/account/",
    "/account/roles/",
    "/account/email/",
    "/account/password/change/",
    "/account/logout/",
    "/account/reauthenticate/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/2fa/webauthn/reauthenticate/",
    "/account/sessions/",
)
SOLID = re.compile(r'class="[^"]*\bbtn-primary\b')


@pytest.fixture
def denis(cast: Cast, visitor: Client) -> Person:
    """Denis, who has just signed in with his password in the browser of `visitor`."""
    person: Person = cast.denis
    cast.denis.set_password(PASSWORD)
    cast.denis.language = "en"
    cast.denis.save()
    prove_address(cast.denis)
    answer = visitor.post("/account/login/", {"login": cast.denis.email, "password": PASSWORD})
    assert answer["Location"] == "/desk/"
    return person


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", OPEN)
def test_page_of_visitors_is_whole(cast: Cast, visitor: Client, path: str, language: str) -> None:
    page = visitor.get(path, headers={"accept-language": language}, follow=True)
    assert page.status_code == 200
    assert len(SOLID.findall(page.content.decode())) <= 1


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", OWN)
def test_page_of_my_account_is_whole(
    denis: Person, visitor: Client, path: str, language: str
) -> None:
    page = visitor.get(path, headers={"accept-language": language}, follow=True)
    assert page.status_code == 200
    assert page.wsgi_request.path != "/account/login/"
    assert len(SOLID.findall(page.content.decode())) <= 1


def test_first_account_stays_open_until_an_address_is_proven(db: None, visitor: Client) -> None:
    visitor.post("/account/signup/", {"email": "mistyped@exemple.fr"})
    assert not Person.objects.get().has_usable_password()
    visitor.cookies.clear()
    asked = visitor.post("/account/signup/", {"email": "first@exemple.fr"})
    assert asked.status_code == 302
    visitor.get(asked["Location"])
    visitor.post(asked["Location"], {"code": last_code()})
    assert has_proven(Person.objects.get(email="first@exemple.fr"), "first@exemple.fr")
    visitor.cookies.clear()
    assert b"by invitation" in visitor.get("/account/signup/").content


def test_code_lets_in_and_unknown_address_sees_the_same_page(cast: Cast, visitor: Client) -> None:
    prove_address(cast.denis)
    pages = []
    for email in ("nobody@exemple.fr", cast.denis.email):
        visitor.cookies.clear()
        pages.append(visitor.post("/account/login/code/", {"email": email})["Location"])
    assert pages[0] == pages[1]
    visitor.get(pages[1])
    assert visitor.post(pages[1], {"code": last_code()}).status_code == 302
    assert visitor.get("/account/").status_code == 200


def test_password_is_chosen_again_by_code(cast: Cast, visitor: Client) -> None:
    prove_address(cast.denis)
    asked = visitor.post("/account/password/reset/", {"email": cast.denis.email})
    visitor.get(asked["Location"])
    typed = visitor.post(asked["Location"], {"code": last_code()})
    assert visitor.get(typed["Location"]).status_code == 200
    given = {"password1": PASSWORD, "password2": PASSWORD}
    done = visitor.post(typed["Location"], given, follow=True)
    assert done.status_code == 200
    cast.denis.refresh_from_db()
    assert cast.denis.check_password(PASSWORD)


def test_mail_is_in_the_language_of_whom_it_is_for(cast: Cast, visitor: Client) -> None:
    cast.denis.language = "fr"
    cast.denis.save()
    visitor.post("/account/login/code/", {"email": cast.denis.email})
    assert mail.outbox[-1].subject == "Votre code pour vous connecter"


def test_second_proof_is_set_up_used_and_stopped(denis: Person, visitor: Client) -> None:
    asked = visitor.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/?next=")
    page = visitor.post(asked["Location"], {"password": PASSWORD}, follow=True)
    form = page.context["form"]
    code = _totp(form.secret)
    done = visitor.post("/account/2fa/totp/activate/", {"code": code}, follow=True)
    assert b"My recovery codes" in done.content
    assert b"See my recovery codes" in visitor.get("/account/2fa/").content
    for path in ("recovery-codes/", "recovery-codes/generate/", "totp/deactivate/"):
        assert visitor.get(f"/account/2fa/{path}").status_code == 200, path
    assert visitor.get("/account/2fa/reauthenticate/").status_code == 200
    visitor.post("/account/logout/")
    asked = visitor.post(
        "/account/login/", {"login": denis.email, "password": PASSWORD}, follow=True
    )
    assert b"Second proof of identity" in asked.content
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert visitor.post("/account/2fa/authenticate/", {"code": recovery}).status_code == 302
    assert visitor.get("/account/").status_code == 200
    asked = visitor.post("/account/2fa/totp/deactivate/")
    visitor.post(asked["Location"], {"password": PASSWORD})
    assert not Authenticator.objects.filter(type="totp").exists()


def _totp(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_second_proof_that_is_owed_says_who_asks(
    cast: Cast, client_of: Callable[[Person], Client]
) -> None:
    cast.network.strong_sign_in = True
    cast.network.save()
    client = client_of(cast.alice)
    assert client.get(f"/n/{cast.network.slug}/desk/")["Location"] == "/account/2fa/"
    assert b"asks for this second proof in your role" in client.get("/account/2fa/").content
    assert b"asks for this" not in client_of(cast.bob).get("/account/2fa/").content


def test_other_devices_are_signed_out(denis: Person, visitor: Client) -> None:
    elsewhere = Client()
    elsewhere.post("/account/login/", {"login": denis.email, "password": PASSWORD})
    assert elsewhere.get("/account/").status_code == 200
    assert UserSession.objects.filter(user=denis).count() == 2
    assert visitor.get("/account/sessions/").status_code == 200
    visitor.post("/account/sessions/")
    assert elsewhere.get("/account/").status_code == 302
    assert visitor.get("/account/").status_code == 200


def test_one_device_is_signed_out_and_the_others_stay(denis: Person, visitor: Client) -> None:
    lost, kept = Client(), Client()
    for device in (lost, kept):
        device.post("/account/login/", {"login": denis.email, "password": PASSWORD})
    gone = UserSession.objects.get(session_key=lost.session.session_key)
    page = visitor.get("/account/sessions/").content.decode()
    assert page.count("Sign out of this device") == 2
    assert visitor.post(f"/account/sessions/{gone.pk}/end/")["Location"] == "/account/sessions/"
    assert lost.get("/account/").status_code == 302
    assert kept.get("/account/").status_code == visitor.get("/account/").status_code == 200
    line = AuditLine.objects.get(act="sign out devices")
    assert line.subject_id == denis.public_id


def test_nobody_signs_somebody_else_out(
    denis: Person, cast: Cast, visitor: Client, client_of: Callable[[Person], Client]
) -> None:
    here = UserSession.objects.get(session_key=visitor.session.session_key)
    bob = client_of(cast.bob)
    assert bob.post(f"/account/sessions/{here.pk}/end/").status_code == 404
    assert visitor.post(f"/account/sessions/{here.pk}/end/").status_code == 404
    assert visitor.get("/account/").status_code == 200


def test_list_of_devices_costs_the_same_with_ten(
    denis: Person, visitor: Client, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as alone:
        visitor.get("/account/sessions/")
    queries = len(alone)
    for _device in range(9):
        Client().post("/account/login/", {"login": denis.email, "password": PASSWORD})
    with django_assert_num_queries(queries):
        assert len(visitor.get("/account/sessions/").context["lines"]) == 10


def test_new_address_counts_once_proven(denis: Person, visitor: Client) -> None:
    visitor.post("/account/email/", {"action_add": "1", "email": "denis@nouveau.fr"})
    denis.refresh_from_db()
    assert denis.email != "denis@nouveau.fr"
    assert visitor.get("/account/email/").status_code == 200
    page = visitor.get("/account/confirm-email/")
    assert page.status_code == 200
    visitor.post("/account/confirm-email/", {"code": last_code()})
    denis.refresh_from_db()
    assert denis.email == "denis@nouveau.fr"


def test_person_without_password_chooses_one(denis: Person, visitor: Client) -> None:
    denis.set_unusable_password()
    denis.save()
    visitor.force_login(denis, backend="django.contrib.auth.backends.ModelBackend")
    assert visitor.get("/account/password/change/", follow=True).status_code == 200
    given = {"password1": PASSWORD, "password2": PASSWORD}
    visitor.post("/account/password/set/", given)
    denis.refresh_from_db()
    assert denis.check_password(PASSWORD)


def test_language_and_summaries_are_kept(denis: Person, visitor: Client) -> None:
    about = {"name": "Denis", "phone": "", "language": "fr"}
    answer = visitor.post("/account/", about)
    assert answer.cookies["maillage_language"].value == "fr"
    denis.refresh_from_db()
    assert denis.language == "fr"
    visitor.post("/account/summaries/", {"frequency": "daily"})
    assert DigestPreference.objects.get(person=denis).frequency == "daily"


def test_role_that_ended_is_told_to_its_holder_only(
    cast: Cast, client_of: Callable[[Person], Client]
) -> None:
    desk = f"/n/{cast.network.slug}/desk/"
    farid = client_of(cast.farid)
    with inside(cast.network):
        NetworkRole.objects.filter(person=cast.farid).update(
            ends_on=localdate() - timedelta(days=1)
        )
    page = farid.get(desk)
    assert (page.status_code, b"Your role has ended" in page.content) == (403, True)
    assert client_of(cast.denis).get(desk).status_code == 404


def test_superuser_is_asked_for_no_code_and_others_are(db: None) -> None:
    root = Person.objects.create_superuser("root@exemple.fr", PASSWORD)
    other = Person.objects.create_user("other@exemple.fr", PASSWORD)
    assert has_proven(root, root.email)
    assert not has_proven(other, other.email)
    assert EmailAddress.objects.count() == 1
