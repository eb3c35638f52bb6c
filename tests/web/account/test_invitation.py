import re
from collections.abc import Callable

from django.core import mail
from django.test import Client

from maillage.foundation.accounts.addresses import has_proven, prove_address
from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.invitations import invite, revoke
from maillage.foundation.networks.models import Invitation
from tests.cast import Cast, acting, inside

CODE = re.compile(r"^([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)$", re.MULTILINE)
PASSWORD = "trois mots faciles"


def invited(cast: Cast, email: str) -> tuple[Invitation, str]:
    """Alice invites somebody to follow the network as a funder."""
    with inside(cast.network):
        made, token = invite(
            acting=acting(cast.alice, cast.network),
            email=email,
            name="Gaëlle",
            network_role="funder",
        )
    return made, f"/invitation/{token}/"


def last_code() -> str:
    found = CODE.search(str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def test_new_account_proves_its_address_then_chooses_a_password(
    cast: Cast, visitor: Client
) -> None:
    _made, link = invited(cast, "gaelle@exemple.fr")
    assert visitor.get(link).status_code == 200
    asked = visitor.post(link)
    assert asked.status_code == 302
    person = Person.objects.get(email="gaelle@exemple.fr")
    assert not person.has_usable_password()
    assert mail.outbox[-1].to == ["gaelle@exemple.fr"]
    assert visitor.get(asked["Location"]).status_code == 200
    proven = visitor.post(asked["Location"], {"code": last_code(), "next": link})
    assert proven["Location"] == link
    assert has_proven(person, "gaelle@exemple.fr")
    assert b'name="password"' in visitor.get(link).content
    done = visitor.post(link, {"name": "Gaëlle Petit", "password": PASSWORD})
    assert done["Location"] == f"/n/{cast.network.slug}/desk/"
    person.refresh_from_db()
    assert (person.name, person.check_password(PASSWORD)) == ("Gaëlle Petit", True)
    assert visitor.get("/account/").status_code == 200  # still signed in


def test_forwarded_link_stores_no_password_and_gives_nothing(cast: Cast, visitor: Client) -> None:
    made, link = invited(cast, "gaelle@exemple.fr")
    asked = visitor.post(link, {"name": "Somebody", "password": PASSWORD})
    wrong = visitor.post(asked["Location"], {"code": "WRONG-CODE", "next": link})
    assert wrong.status_code == 200
    person = Person.objects.get(email="gaelle@exemple.fr")
    assert not person.has_usable_password()
    assert not has_proven(person, person.email)
    assert visitor.get("/account/").status_code == 302
    made.refresh_from_db()
    assert made.accepted_at is None


def test_page_does_not_tell_whether_the_address_has_an_account(cast: Cast, visitor: Client) -> None:
    pages = []
    for email in ("gaelle@exemple.fr", cast.denis.email):
        _made, link = invited(cast, email)
        page = visitor.get(link).content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        asked = visitor.post(link)
        step = asked["Location"].split("?")[0]
        pages.append((page.replace(link, "").replace(email, ""), step, len(mail.outbox)))
        visitor.cookies.clear()
    assert pages[0][:2] == pages[1][:2]
    assert [page[2] for page in pages] == [1, 2]


def test_account_that_has_a_password_keeps_it(
    cast: Cast, client_of: Callable[[Person], Client]
) -> None:
    cast.denis.set_password("une autre phrase")
    cast.denis.save()
    prove_address(cast.denis)
    _made, link = invited(cast, cast.denis.email)
    client = client_of(cast.denis)
    assert b'name="password"' not in client.get(link).content
    assert client.post(link, {"password": PASSWORD}).status_code == 302
    cast.denis.refresh_from_db()
    assert cast.denis.check_password("une autre phrase")


def test_easy_password_is_refused_and_accepting_twice_is_once(
    cast: Cast, client_of: Callable[[Person], Client]
) -> None:
    cast.denis.set_unusable_password()
    cast.denis.save()
    prove_address(cast.denis)
    _made, link = invited(cast, cast.denis.email)
    client = client_of(cast.denis)
    assert client.post(link, {"name": "Denis", "password": "court"}).status_code == 422
    assert client.post(link, {"name": "Denis", "password": ""}).status_code == 302
    assert client.post(link, {"name": "Denis"})["Location"] == "/desk/"


def test_somebody_else_is_refused_and_so_is_an_address_not_proven(
    cast: Cast, client_of: Callable[[Person], Client]
) -> None:
    _made, link = invited(cast, "gaelle@exemple.fr")
    assert client_of(cast.emma).get(link).status_code == 403
    _made, link = invited(cast, cast.denis.email)
    page = client_of(cast.denis).get(link)
    assert page.status_code == 403
    assert b"Prove your address first" in page.content


def test_dead_links_say_why(cast: Cast, visitor: Client) -> None:
    made, link = invited(cast, "gaelle@exemple.fr")
    with inside(cast.network):
        revoke(acting=acting(cast.alice, cast.network), invitation=made)
    page = visitor.post(link)
    assert (page.status_code, b"withdrawn" in page.content) == (410, True)
    assert visitor.get("/invitation/nothing/").status_code == 410
    assert not mail.outbox


def test_codes_are_not_sent_without_end(cast: Cast, visitor: Client) -> None:
    _made, link = invited(cast, "limite@exemple.fr")
    answers = []
    for _again in range(4):
        answers.append(visitor.post(link).status_code)
        visitor.cookies.clear()
    assert answers == [302, 302, 302, 429]
