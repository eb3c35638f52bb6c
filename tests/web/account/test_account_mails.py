"""What the mails about an account say, in the language of whoever reads them."""

from pathlib import Path

import allauth
import pytest
from django.core import mail
from django.test import Client

from maillage.foundation.accounts.addresses import prove_address
from maillage.web.account.wording import CHANGES
from tests.cast import Cast

NOTHING_ASKED = "Vous n’avez rien demandé\u00a0? Ignorez ce message\u00a0: il ne se passera rien."


@pytest.fixture
def denis(cast: Cast) -> Cast:
    """The cast, in which Denis reads French."""
    cast.denis.language = "fr"
    cast.denis.save()
    return cast


@pytest.mark.parametrize(
    ("address", "subject", "says"),
    [
        ("/account/login/code/", "Votre code pour vous connecter", "le code qui vous connecte."),
        (
            "/account/password/reset/",
            "Votre code pour choisir un autre mot de passe",
            "choisir un autre mot de passe. Tapez-le",
        ),
    ],
)
def test_a_code_comes_with_what_it_is_for(
    denis: Cast, visitor: Client, address: str, subject: str, says: str
) -> None:
    visitor.post(address, {"email": denis.denis.email})
    sent = mail.outbox[-1]
    assert sent.subject == subject
    assert says in sent.body
    assert NOTHING_ASKED in sent.body


def test_an_address_without_account_is_told_whom_to_ask(denis: Cast, visitor: Client) -> None:
    visitor.post("/account/login/code/", {"email": "nobody@example.com"}, HTTP_ACCEPT_LANGUAGE="fr")
    sent = mail.outbox[-1]
    assert sent.subject == "Aucun compte n’a cette adresse"
    assert "demandez un lien à l’animateur de votre réseau." in sent.body
    assert "signup" not in sent.body


def test_a_refused_sign_in_says_so(denis: Cast, visitor: Client) -> None:
    page = visitor.post(
        "/account/login/", {"login": denis.denis.email, "password": "not this"}
    ).content.decode()
    assert "You are not signed in yet" in page
    assert "Nothing is saved yet" not in page


def test_every_change_of_an_account_has_its_words() -> None:
    folder = Path(allauth.__file__).parent / "templates"
    announced = {
        path.relative_to(folder).as_posix().removesuffix("_message.txt")
        for path in folder.glob("*/email/*_message.txt")
        if "base_notification" in path.read_text() and "socialaccount" not in path.parts
    }
    assert announced - {"account/email/base_notification"} == set(CHANGES)


def test_a_changed_password_is_told_in_the_language_of_its_owner(
    denis: Cast, visitor: Client
) -> None:
    denis.denis.set_password("quatre moulins au bord du Loir")
    denis.denis.save()
    prove_address(denis.denis)
    visitor.post(
        "/account/login/",
        {"login": denis.denis.email, "password": "quatre moulins au bord du Loir"},
    )
    changed = {
        "oldpassword": "quatre moulins au bord du Loir",
        "password1": "trois peupliers le long du Cher",
        "password2": "trois peupliers le long du Cher",
    }
    visitor.post("/account/password/change/", changed)
    sent = mail.outbox[-1]
    assert sent.subject == "Votre mot de passe a changé"
    assert "Le mot de passe n’est plus le même." in sent.body
    assert "Ce n’était pas vous" in sent.body
