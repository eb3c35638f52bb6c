"""Passkeys, with the authenticator of a telephone that the browser plays."""

import re

import pytest
from playwright.sync_api import CDPSession, Page, expect

from maillage.foundation.accounts.addresses import prove_address
from maillage.foundation.accounts.models import Person
from tests.browser.conftest import Browsing, turn
from tests.cast import Cast

PASSWORD = "quatre moulins au bord du Loir"


def telephone_of(page: Page) -> tuple[CDPSession, str]:
    """Give the browser an authenticator that recognises its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session, added["authenticatorId"]


@pytest.fixture
def alice(cast: Cast) -> Person:
    """Alice, of whom her network asks a second proof, with a password and a proven address."""
    person: Person = cast.alice
    with turn():
        person.set_password(PASSWORD)
        person.language = "en"
        person.save()
        prove_address(person)
        cast.network.strong_sign_in = True
        cast.network.save()
    return person


def sign_in(page: Page, person: Person) -> None:
    """Sign in with the address and the password."""
    page.goto("/account/login/")
    page.locator("#id_login").fill(person.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def prove_again(page: Page) -> None:
    """Type the password again, as for all that protects the account."""
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def sign_out(page: Page) -> None:
    """Sign out from my account."""
    page.goto("/account/")
    page.locator("main").get_by_role("button", name="Sign out").click()


def test_passkey_opens_the_network_that_asks_for_a_proof_then_signs_in_alone(
    browsing: Browsing, alice: Person, cast: Cast
) -> None:
    with browsing() as page:
        telephone_of(page)
        sign_in(page, alice)
        page.goto(f"/n/{cast.network.slug}/desk/")
        expect(page.get_by_text("asks for this second proof")).to_be_visible()
        page.get_by_role("link", name="Add a passkey").click()
        prove_again(page)
        page.get_by_label("Name of this passkey").fill("My telephone")
        page.get_by_role("button", name="Add the passkey").click()
        expect(page).to_have_url(re.compile("/2fa/recovery-codes/"))

        page.goto(f"/n/{cast.network.slug}/desk/")
        expect(page).to_have_url(re.compile(f"/n/{cast.network.slug}/desk/$"))

        sign_out(page)
        page.goto("/account/login/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page).to_have_url(re.compile("/desk/$"))

        # The key is enough for a password too weak alone, and is asked for beside it.
        sign_out(page)
        sign_in(page, alice)
        page.get_by_role("button", name="Use a passkey instead").click()
        expect(page).to_have_url(re.compile("/desk/$"))

        page.goto("/account/2fa/webauthn/")
        expect(page.get_by_text("My telephone")).to_be_visible()
        expect(page.get_by_text("Signs in without a password")).to_be_visible()


def test_passkey_that_is_refused_says_so_and_changes_nothing(
    browsing: Browsing, alice: Person
) -> None:
    with browsing() as page:
        session, authenticator = telephone_of(page)
        session.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": authenticator, "isUserVerified": False},
        )
        sign_in(page, alice)
        page.goto("/account/2fa/webauthn/add/")
        prove_again(page)
        page.get_by_role("button", name="Add the passkey").click()
        expect(page.get_by_text("nothing has changed")).to_be_visible()
        page.goto("/account/2fa/webauthn/")
        expect(page.get_by_text("No passkey yet")).to_be_visible()
