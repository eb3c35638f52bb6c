"""What anybody sees of a network, and what nobody does."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.notify.models import Contact
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.enums import ConsentPurpose, Level
from maillage.foundation.visibility.models import Consent, FieldLevels
from tests.cast import Cast, inside


@pytest.fixture
def public(cast: Cast) -> Cast:
    """The network shows itself; the bakery and the garage chose to have a page."""
    cast.network.listed = True
    cast.network.save(update_fields=["listed"])
    with inside(cast.network):
        for firm in (cast.bakery, cast.garage):
            Consent.objects.create(
                organisation=firm,
                purpose=ConsentPurpose.PUBLIC_PAGE,
                given_by_id=cast.alice.public_id,
                given_at=now(),
            )
        FieldLevels.objects.filter(organisation__in=(cast.bakery, cast.garage)).update(
            presence=Level.PUBLIC, activity=Level.PUBLIC, presentation=Level.PUBLIC
        )
        Organisation.objects.filter(pk=cast.bakery.pk).update(
            presentation="Pain au levain, cuit au bois.", offers="Livre à Vendôme\nStage d’été"
        )
    return cast


def page(visitor: Client, cast: Cast, **wanted: str) -> str:
    address = reverse("front:directory", args=[cast.network.slug])
    return visitor.get(address, wanted).content.decode()


def test_home_of_a_single_public_network_is_its_directory(public: Cast, visitor: Client) -> None:
    home = visitor.get("/").content.decode()
    assert "Boulangerie Martin" in home
    assert "Garage Lemoine" in home
    assert "Fournil Durand" not in home


def test_network_that_is_not_public_does_not_exist(cast: Cast, visitor: Client) -> None:
    answer = visitor.get(reverse("front:directory", args=[cast.network.slug]))
    assert answer.status_code == 404
    assert "Boulangerie" not in visitor.get("/").content.decode()


def test_firm_without_a_public_page_has_none(public: Cast, visitor: Client) -> None:
    address = reverse("front:firm", args=[public.network.slug, public.rival.public_id])
    assert visitor.get(address).status_code == 404


def test_page_of_a_firm_shows_what_it_chose_and_no_address(public: Cast, visitor: Client) -> None:
    address = reverse("front:firm", args=[public.network.slug, public.bakery.public_id])
    html = visitor.get(address).content.decode()
    assert "Pain au levain, cuit au bois." in html
    assert "Livre à Vendôme" in html
    assert "rue du Commerce" not in html
    assert "boulangerie-martin.example" not in html
    assert "02 54" not in html


def test_telephone_number_is_shown_on_request_where_the_firm_shows_it(
    public: Cast, visitor: Client
) -> None:
    with inside(public.network):
        FieldLevels.objects.filter(organisation=public.bakery).update(contact=Level.PUBLIC)
    firm = [public.network.slug, public.bakery.public_id]
    number = "02\u00a054"
    assert number not in visitor.get(reverse("front:firm", args=firm)).content.decode()
    assert number in visitor.post(reverse("front:telephone", args=firm)).content.decode()


def test_search_finds_words_of_the_page_without_their_accents(
    public: Cast, visitor: Client
) -> None:
    assert "Boulangerie Martin</a>" in page(visitor, public, q="vendome levain")
    assert "Garage Lemoine</a>" not in page(visitor, public, q="vendome levain")


def test_nearest_firm_comes_first(public: Cast, visitor: Client) -> None:
    html = page(visitor, public, near="Vendôme")
    assert html.index("Garage Lemoine</a>") < html.index("Boulangerie Martin</a>")
    html = page(visitor, public, near="Blois")
    assert html.index("Boulangerie Martin</a>") < html.index("Garage Lemoine</a>")


def test_unknown_commune_is_said_with_what_it_may_be(public: Cast, visitor: Client) -> None:
    html = page(visitor, public, near="Vendomme")
    assert "We do not know any commune called “Vendomme”." in html
    assert "Vendôme" in html


def test_withdrawn_consent_takes_the_page_away(public: Cast, visitor: Client) -> None:
    with inside(public.network):
        Consent.objects.filter(organisation=public.bakery).update(revoked_at=now())
    assert "Boulangerie Martin" not in page(visitor, public)


def test_pages_about_data_and_accessibility_are_open_to_all(db: None, visitor: Client) -> None:
    for name in ("front:privacy", "front:accessibility", "front:network", "front:home"):
        assert visitor.get(reverse(name)).status_code == 200


MESSAGE = {"name": "Denis", "email": "denis@nobody.example", "message": "Du pain pour trente ?"}


def write_address(public: Cast) -> str:
    with inside(public.network):
        FieldLevels.objects.filter(organisation=public.bakery).update(contact=Level.PUBLIC)
    return reverse("front:write", args=[public.network.slug, public.bakery.public_id])


def test_visitor_writes_to_a_firm_without_learning_its_address(
    public: Cast, visitor: Client, mailoutbox: list[EmailMessage]
) -> None:
    address = write_address(public)
    assert "boulangerie-martin.example" not in visitor.get(address).content.decode()
    assert visitor.post(address, MESSAGE).status_code == 302
    work_off()
    assert [mail.to for mail in mailoutbox] == [["contact@boulangerie-martin.example"]]
    assert mailoutbox[0].reply_to == ["denis@nobody.example"]
    assert "Du pain pour trente ?" in mailoutbox[0].body
    logged = Contact.objects.get()
    assert (logged.organisation_id, logged.counts) == (public.bakery.public_id, False)


def test_message_of_a_program_that_fills_everything_in_goes_nowhere(
    public: Cast, visitor: Client
) -> None:
    answer = visitor.post(write_address(public), MESSAGE | {"website": "https://x.example"})
    assert answer.status_code == 302
    assert not Contact.objects.exists()


def test_sixth_message_within_an_hour_waits_and_is_kept_on_the_page(
    public: Cast, visitor: Client
) -> None:
    cache.clear()
    address = write_address(public)
    for _turn in range(5):
        assert visitor.post(address, MESSAGE).status_code == 302
    late = visitor.post(address, MESSAGE)
    assert late.status_code == 422
    assert "Du pain pour trente ?" in late.content.decode()
    assert Contact.objects.count() == 5


def test_wrong_address_is_said_beside_the_field(public: Cast, visitor: Client) -> None:
    answer = visitor.post(write_address(public), MESSAGE | {"email": "denis"})
    assert answer.status_code == 422
    assert not Contact.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("proven", [False, True])
def test_home_offers_the_first_account_exactly_while_one_may_be_opened(
    visitor: Client, *, proven: bool
) -> None:
    person = Person.objects.create_user("gisele@exemple.fr", "une phrase de passe")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=proven)
    offered = "Create the first account" in visitor.get("/").content.decode()
    form = 'name="email"' in visitor.get(reverse("account_signup")).content.decode()
    assert (offered, form) == (not proven, not proven)
