"""A firm signs by its link, once, on the device that opened it; others read one sentence."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.utils.timezone import now

from maillage.bricks.agreements.links import make_link
from maillage.bricks.agreements.models import Signature, SigningLink
from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import Network, NetworkModule
from tests.cast import Cast, inside
from tests.launch.charter.stories import clause_of, published, signed
from tests.strictness import StrictClient

type ClientOf = Callable[[Person], Client]
TYPED = {"name": "Bob Martin", "role": "Gérant", "consent": "on", "said_in": "en", "version": "1"}
FIRM = "Boulangerie Martin"


@pytest.fixture
def path(cast: Cast) -> str:
    """The link of the bakery, to the first version."""
    with inside(cast.network):
        _link, token = make_link(version=published(cast), organisation=cast.bakery)
    return f"/c/{token}/"


def another_browser() -> Client:
    """Return a browser in which nobody has signed in."""
    return StrictClient(headers={"accept-language": "en"})


def refused(client: Client, path: str) -> str:
    """Return why a link opens nothing; no page of the kind says anything of a firm."""
    answer = client.get(path)
    assert answer.status_code == 410
    page = answer.content.decode()
    assert FIRM not in page
    assert "Bob" not in page
    assert client.post(path, TYPED).status_code == 410
    assert client.get(f"{path}document/1/").status_code == 410
    return page


def test_a_firm_signs_without_an_account(cast: Cast, visitor: Client, path: str) -> None:
    assert visitor.get(f"{path}document/1/")["Location"] == path
    first = visitor.get(path).content.decode()
    assert "Open it on this device" in first
    assert FIRM not in first
    with inside(cast.network):
        assert SigningLink.objects.get().reader == ""  # looking writes nothing
    assert visitor.post(path)["Location"] == path
    page = visitor.get(path).content.decode()
    assert f"You sign for {FIRM}." in page
    document = visitor.get(f"{path}document/1/")
    assert visitor.post(path, TYPED)["Location"] == path
    with inside(cast.network):
        signature = Signature.objects.get()
        assert (signature.name, signature.role, signature.method) == (
            "Bob Martin",
            "Gérant",
            "link",
        )
        assert signature.organisation == cast.bakery
        assert signature.sha256 == sha256(document.content).hexdigest()
        assert signature.consent.endswith("I sign this version in its name.")
    thanks = visitor.get(path).content.decode()
    assert "Thank you, it is signed" in thanks
    assert signature.sha256 in thanks


def test_a_double_tap_signs_once(cast: Cast, visitor: Client, path: str) -> None:
    visitor.post(path)
    for _time in range(2):
        assert visitor.post(path, TYPED)["Location"] == path
    with inside(cast.network):
        assert Signature.objects.count() == 1


def test_a_link_used_says_so_to_others(visitor: Client, path: str) -> None:
    visitor.post(path)
    visitor.post(path, TYPED)
    assert "This link has been used: it signs once." in refused(another_browser(), path)


def test_a_link_forwarded_says_so(cast: Cast, visitor: Client, path: str) -> None:
    visitor.post(path)
    page = refused(another_browser(), path)
    assert "This link has been opened on another device" in page
    assert visitor.get(path).status_code == 200
    with inside(cast.network):
        assert not Signature.objects.exists()


def test_a_link_past_its_day_says_so(cast: Cast, visitor: Client, path: str) -> None:
    visitor.post(path)
    with inside(cast.network):
        SigningLink.objects.update(expires_at=now() - timedelta(seconds=1))
    assert "This link is past its last day." in refused(visitor, path)


def test_a_link_replaced_says_so(cast: Cast, visitor: Client, path: str) -> None:
    visitor.post(path)
    with inside(cast.network):
        link = SigningLink.objects.select_related("version").get()
        make_link(version=link.version, organisation=cast.bakery)
    assert "another replaced it, or it is done" in refused(visitor, path)


def test_a_link_is_done_once_the_firm_signed_otherwise(
    cast: Cast, visitor: Client, path: str
) -> None:
    visitor.post(path)
    with inside(cast.network):
        version = SigningLink.objects.select_related("version__agreement").get().version
        signed(cast, version, cast.bob, cast.bakery)
    assert "another replaced it, or it is done" in refused(visitor, path)


@pytest.mark.parametrize("token", ["x", "a" * 32, "../../etc", "é", "x" * 400])
def test_a_link_cut_short_leads_nowhere(db: None, visitor: Client, token: str) -> None:
    answer = visitor.get(f"/c/{token}/")
    assert answer.status_code in {404, 410}
    if answer.status_code == 410:
        assert "Check that it is whole." in answer.content.decode()


def test_whoever_signed_in_for_another_firm_opens_nothing(
    cast: Cast, client_of: ClientOf, path: str
) -> None:
    for person in (cast.emma, cast.alice, cast.farid):
        assert "This link is not yours" in refused(client_of(person), path)
    owner = client_of(cast.bob)
    owner.post(path)
    assert FIRM in owner.get(path).content.decode()


def test_a_version_published_meanwhile_is_offered_by_the_same_link(
    cast: Cast, visitor: Client, path: str
) -> None:
    visitor.post(path)
    with inside(cast.network):
        version = SigningLink.objects.select_related("version").get().version
        published(cast, clause_of(version, "employer", text="Un seul."), summary="Un seul")
    answer = visitor.post(path, TYPED)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Another version was published while you were reading" in page
    assert "Un seul." in page
    assert 'value="Bob Martin"' in page
    with inside(cast.network):
        assert not Signature.objects.exists()
    assert visitor.post(path, {**TYPED, "version": "2"})["Location"] == path
    with inside(cast.network):
        assert Signature.objects.get().version.number == 2
    assert visitor.get(f"{path}document/1/").status_code == 200


@pytest.mark.parametrize("lacks", ["name", "role", "consent"])
def test_what_is_missing_is_told_and_the_rest_kept(
    cast: Cast, visitor: Client, path: str, lacks: str
) -> None:
    visitor.post(path)
    answer = visitor.post(path, {**TYPED, lacks: ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    if lacks != "name":
        assert 'value="Bob Martin"' in page
    with inside(cast.network):
        assert not Signature.objects.exists()


def test_nothing_is_signed_once_the_module_is_off_or_the_network_closed(
    cast: Cast, visitor: Client, path: str
) -> None:
    Network.objects.filter(pk=cast.network.pk).update(closed_on=now().date())
    assert "This charter is signed no more." in refused(visitor, path)
    Network.objects.filter(pk=cast.network.pk).update(closed_on=None)
    with inside(cast.network):
        NetworkModule.objects.filter(key="charter").delete()
    assert "This charter is signed no more." in refused(visitor, path)
