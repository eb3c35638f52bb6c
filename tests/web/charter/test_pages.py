"""Alice writes the charter and follows who signed; Bob signs; Emma learns nothing of him."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate, now

from maillage.bricks.agreements.clauses import clauses_of
from maillage.bricks.agreements.models import AgreementVersion, Signature, SignedScan
from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.networks.models import MembershipPeriod, NetworkModule
from maillage.foundation.notify.models import Contact
from maillage.launch.charter.actions import begin_charter
from maillage.launch.charter.queries import kept_apart
from tests.cast import START, Cast, acting, inside, more_firms
from tests.launch.charter.stories import clause_of, met, published, signed

type ClientOf = Callable[[Person], Client]
AREA = "/n/metiers-partages/charter/"
PDF = b"%PDF-1.7\n%%EOF\n"
TYPED = {"name": "Bob Martin", "role": "Gérant", "consent": "on", "said_in": "en"}


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


@pytest.fixture
def bob(cast: Cast, client_of: ClientOf) -> Client:
    """Bob's browser."""
    return client_of(cast.bob)


@pytest.fixture
def emma(cast: Cast, client_of: ClientOf) -> Client:
    """Emma's browser."""
    return client_of(cast.emma)


def text_of(client: Client, path: str, status: int = 200) -> str:
    """Return what a page says."""
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_alice_writes_and_publishes_the_first_version(
    cast: Cast, alice: Client, bob: Client
) -> None:
    assert "No charter is published yet" in text_of(alice, AREA)
    assert "Begin the draft" in text_of(alice, f"{AREA}draft/")
    assert alice.post(f"{AREA}draft/", {"language": "fr"})["Location"] == f"{AREA}draft/"
    page = text_of(alice, f"{AREA}draft/")
    assert "Pas de salarié partagé entre concurrents" in page
    new = {"title": "Le samedi", "text": "Un.\n\nDeux.", "consent": "on", "effect": ""}
    added = alice.post(f"{AREA}draft/clauses/", {**new, "revision": "1"})
    assert added["Location"] == f"{AREA}draft/"
    times = {"title": "Temps", "text": "Le lieu aussi.", "effect": "timetables:workplaces"}
    alice.post(f"{AREA}draft/clauses/timetables/", {**times, "revision": "2"})
    alice.post(f"{AREA}draft/clauses/le_samedi/up/", {"revision": "3"})
    alice.post(f"{AREA}draft/clauses/purpose/remove/", {"revision": "4"})
    assert "No charter is published yet" in text_of(bob, AREA)
    done = alice.post(f"{AREA}draft/publish/", {"revision": "5", "summary": ""})
    assert done["Location"] == f"{AREA}signatures/"
    with inside(cast.network):
        version = AgreementVersion.objects.get()
        keys = [one.key for one in clauses_of(version.clauses)]
        assert keys == [
            "employer",
            "competitors",
            "timetables",
            "confidentiality",
            "commitments",
            "le_samedi",
            "changes",
        ]
        changed = clause_of(version, "timetables")
        assert (changed.parameter, changed.consent) == ("workplaces", False)
    assert "Le samedi" in text_of(bob, AREA)


def test_what_is_typed_in_a_clause_is_kept_when_it_is_refused(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        begin_charter(acting=acting(cast.alice, cast.network), language="fr")
    twice = {"title": "Secret", "text": "Chut.", "effect": "confidentiality", "revision": "1"}
    answer = alice.post(f"{AREA}draft/clauses/", twice)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Another clause has this rule already." in page
    assert 'value="Secret"' in page
    assert alice.get(f"{AREA}draft/clauses/unknown/").status_code == 404


def test_a_clause_changed_meanwhile_is_shown_beside_what_was_typed(
    cast: Cast, alice: Client
) -> None:
    with inside(cast.network):
        begin_charter(acting=acting(cast.alice, cast.network), language="fr")
    page = f"{AREA}draft/clauses/employer/"
    typed = {"title": "Un employeur", "text": "Le groupement.", "consent": "on", "effect": ""}
    alice.post(page, {**typed, "revision": "1"})
    answer = alice.post(page, {**typed, "title": "Employer", "revision": "1"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Somebody changed this draft meanwhile." in shown
    assert "Un employeur" in shown
    assert 'value="Employer"' in shown
    again = alice.post(page, {**typed, "title": "Employer", "revision": "2"})
    assert again["Location"] == f"{AREA}draft/"
    moved = alice.post(f"{AREA}draft/clauses/employer/up/", {"revision": "1"}, follow=True)
    assert "Somebody changed this draft meanwhile." in moved.content.decode()


def test_the_next_version_says_what_changes(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        published(cast)
    alice.post(f"{AREA}draft/")
    same = alice.post(f"{AREA}draft/publish/", {"revision": "1", "summary": "Rien"})
    assert same.status_code == 422
    assert "says what the version in force says already" in same.content.decode()
    typed = {"title": "But", "text": "Durer.", "effect": "", "revision": "1"}
    alice.post(f"{AREA}draft/clauses/purpose/", typed)
    mute = alice.post(f"{AREA}draft/publish/", {"revision": "2", "summary": ""})
    assert "Say what changes, in a sentence for the firms." in mute.content.decode()
    alice.post(f"{AREA}draft/drop/")
    with inside(cast.network):
        assert AgreementVersion.objects.count() == 1


def test_bob_reads_signs_and_finds_what_he_signed(cast: Cast, bob: Client) -> None:
    with inside(cast.network):
        published(cast)
    assert "Your firm has not signed yet." in text_of(bob, AREA)
    page = text_of(bob, f"{AREA}sign/")
    assert "You sign for Boulangerie Martin." in page
    sentence = (
        "I have read “Charte du travail à temps partagé”, version 1. I may commit Boulangerie"
        " Martin, and I sign this version in its name."
    )
    assert sentence in page
    untold = bob.post(f"{AREA}sign/", {**TYPED, "version": "1", "consent": "", "role": ""})
    assert untold.status_code == 422
    refused = untold.content.decode()
    assert "Tick the sentence: without it, nothing is signed." in refused
    assert 'value="Bob Martin"' in refused
    assert bob.post(f"{AREA}sign/", {**TYPED, "version": "1"})["Location"] == AREA
    assert bob.post(f"{AREA}sign/", {**TYPED, "version": "1"})["Location"] == AREA
    with inside(cast.network):
        signature = Signature.objects.get()
        assert (signature.consent, signature.method) == (sentence, "account")
    home = text_of(bob, AREA)
    assert signature.sha256 in home
    document = bob.get(f"{AREA}versions/1/document/")
    assert sha256(document.content).hexdigest() == signature.sha256
    assert document["Content-Type"] == "application/pdf"


def test_the_sentence_is_kept_in_the_language_in_which_it_was_read(cast: Cast, bob: Client) -> None:
    with inside(cast.network):
        published(cast)
    bob.post(f"{AREA}sign/", {**TYPED, "version": "1", "said_in": "fr"})
    with inside(cast.network):
        assert Signature.objects.get().consent.startswith("J’ai lu «\u00a0Charte")


def test_bob_is_given_the_version_published_while_he_was_reading(cast: Cast, bob: Client) -> None:
    with inside(cast.network):
        first = published(cast)
        employer = clause_of(first, "employer", text="Un seul, vraiment.")
        published(cast, employer, summary="Un seul employeur")
    answer = bob.post(f"{AREA}sign/", {**TYPED, "version": "1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Another version was published while you were reading" in page
    assert "Un seul, vraiment." in page
    assert 'name="version" value="2"' in page
    assert 'value="Gérant"' in page
    with inside(cast.network):
        assert not Signature.objects.exists()
    assert bob.post(f"{AREA}sign/", {**TYPED, "version": "2"})["Location"] == AREA
    with inside(cast.network):
        assert Signature.objects.get().version.number == 2


def test_bob_is_asked_to_sign_again_and_keeps_what_he_signed(
    cast: Cast, alice: Client, bob: Client
) -> None:
    with inside(cast.network):
        first = published(cast)
        signed(cast, first, cast.bob, cast.bakery)
        employer = clause_of(first, "employer", text="Un seul, vraiment.")
        published(cast, employer, summary="Un seul employeur")
    page = text_of(bob, AREA)
    assert "A clause changed since you signed" in page
    assert "To sign again" in text_of(alice, f"{AREA}signatures/?state=due")
    old = text_of(bob, f"{AREA}versions/1/")
    assert "Un seul, vraiment." not in old
    assert "Replaced" in old


def test_changes_are_shown_side_by_side(cast: Cast, alice: Client, bob: Client) -> None:
    with inside(cast.network):
        first = published(cast)
        title = clause_of(first, "employer").title
        changed = clause_of(first, "employer", text="Le groupement <b>emploie</b>.")
        published(cast, changed, without="changes", summary="L’employeur")
        begin_charter(acting=acting(cast.alice, cast.network), language="fr")
    page = text_of(bob, f"{AREA}compare/")
    assert "Firms sign again because of it." in page
    assert "<ins>&lt;b&gt;emploie&lt;/b&gt;." in page
    assert title in page
    assert [page.count(word) for word in ("Changed</span>", "Removed</span>")] == [1, 1]
    assert "The draft" not in page
    assert "The draft" in text_of(alice, f"{AREA}compare/")
    with_draft = bob.get(f"{AREA}compare/?old=draft&new=1").content.decode()
    assert "Select a valid choice." in with_draft


def test_a_paper_is_kept_and_read_by_its_firm_only(
    cast: Cast, alice: Client, bob: Client, emma: Client
) -> None:
    with inside(cast.network):
        published(cast)
    firm = f"{AREA}signatures/firms/{cast.bakery.public_id}/"
    typed = {"version": "1", "name": "Bob", "role": "Gérant", "signed_on": str(localdate())}
    wrong = alice.post(
        f"{firm}paper/", {**typed, "file": SimpleUploadedFile("scan.pdf", b"<html></html>")}
    )
    assert wrong.status_code == 422
    assert "This is no PDF, JPEG or PNG file" in wrong.content.decode()
    with inside(cast.network):
        assert not Signature.objects.exists()
    kept = alice.post(f"{firm}paper/", {**typed, "file": SimpleUploadedFile("scan.pdf", PDF)})
    assert kept["Location"] == firm
    assert "On paper, scanned" in text_of(alice, firm)
    with inside(cast.network):
        scan = SignedScan.objects.select_related("signature").get()
    path = f"{AREA}signatures/{scan.signature.public_id}/scan/"
    for client in (alice, bob):
        answer = client.get(path)
        assert answer.content == PDF
        assert answer["Content-Disposition"].startswith("attachment")
    assert emma.get(path).status_code == 404
    assert path in text_of(bob, AREA)
    assert "Signatures of the charter" in text_of(bob, "/n/metiers-partages/trust/reads/")
    looks = ReadLine.objects.filter(organisation_id=cast.bakery.public_id, refused=False)
    assert set(looks.values_list("page", flat=True)) >= {"charter:firm", "charter:scan"}


def test_a_paper_too_heavy_is_refused_unread(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        published(cast)
    typed = {"version": "1", "name": "Bob", "role": "Gérant", "signed_on": str(localdate())}
    heavy = SimpleUploadedFile("scan.pdf", PDF.ljust(8 * 1024 * 1024 + 1))
    path = f"{AREA}signatures/firms/{cast.bakery.public_id}/paper/"
    answer = alice.post(path, {**typed, "file": heavy})
    assert "This file is too heavy: 8 MB at most." in answer.content.decode()


def test_alice_sends_links_to_those_who_must_sign(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        version = published(cast)
        signed(cast, version, cast.bob, cast.bakery)
    page = text_of(alice, f"{AREA}signatures/send/")
    assert "Write to 2 firms" in page
    assert "Boulangerie Martin" not in page
    assert alice.post(f"{AREA}signatures/send/")["Location"].startswith("/runs/")
    with inside(cast.network):
        work_off()
        assert Contact.objects.count() == 2
    again = alice.post(f"{AREA}signatures/send/", follow=True).content.decode()
    assert "There is no firm to write to today." in again


def test_one_side_waits_for_the_other(cast: Cast, bob: Client, emma: Client) -> None:
    with inside(cast.network):
        published(cast)
        pair = met(cast)
    ask = f"{AREA}apart/ask/{pair.public_id}/"
    assert "Share a worker with Fournil Durand" in text_of(bob, ask)
    assert bob.post(ask, {"reason": ""}).status_code == 422
    assert bob.post(ask, {"reason": "Le samedi"})["Location"] == f"{AREA}apart/"
    page = text_of(bob, f"{AREA}apart/")
    assert "Waits for the other firm" in page
    assert "Nothing changes until the other firm says yes." in page
    with inside(cast.network):
        override = pair.overrides.get()
        assert len(kept_apart(cast.network)) == 1
    hers = text_of(emma, f"{AREA}apart/")
    assert "Waits for you" in hers
    assert "“Le samedi”" in hers
    emma.post(f"{AREA}apart/{override.public_id}/agree/")
    assert "Agreed by both" in text_of(bob, f"{AREA}apart/")
    with inside(cast.network):
        assert kept_apart(cast.network) == frozenset()
    bob.post(f"{AREA}apart/{override.public_id}/end/")
    assert "Asked on" in text_of(emma, f"{AREA}apart/")
    with inside(cast.network):
        assert len(kept_apart(cast.network)) == 1


def test_emma_learns_nothing_of_bob(
    cast: Cast, emma: Client, alice: Client, client_of: ClientOf
) -> None:
    with inside(cast.network):
        version = published(cast)
        signature = signed(cast, version, cast.bob, cast.bakery)
        pair = cast.bakery.competitions_first.get()
    for path in ("", "sign/", "apart/", "compare/", "versions/1/"):
        page = text_of(emma, f"{AREA}{path}")
        assert "Martin" not in page
        assert "Bob" not in page
    assert emma.get(f"{AREA}apart/ask/{pair.public_id}/").status_code == 404
    assert emma.get(f"{AREA}signatures/{signature.public_id}/scan/").status_code == 404
    for path in ("signatures/", "signatures/send/", "draft/"):
        assert emma.get(f"{AREA}{path}").status_code == 403
    with inside(cast.network):
        pair = met(cast)
        asked = f"{AREA}apart/ask/{pair.public_id}/"
        emma.post(asked, {"reason": "Le samedi"})
        override = pair.overrides.get()
    garage = client_of(cast.denis)
    assert garage.post(f"{AREA}apart/{override.public_id}/agree/").status_code == 404
    assert alice.post(f"{AREA}apart/{override.public_id}/agree/").status_code == 403
    assert "One of the two only" in text_of(alice, AREA)


def test_an_override_of_others_does_not_exist_for_a_third_firm(
    cast: Cast, client_of: ClientOf
) -> None:
    with inside(cast.network):
        published(cast)
        pair = met(cast)
        client_of(cast.bob).post(f"{AREA}apart/ask/{pair.public_id}/", {"reason": "Le samedi"})
        override = pair.overrides.get()
        role = cast.bakery.roles.get(person=cast.bob)
        role.organisation = cast.garage
        role.save()
    third = client_of(cast.bob)
    assert "Le samedi" not in text_of(third, f"{AREA}apart/")
    for act in ("agree", "end"):
        assert third.post(f"{AREA}apart/{override.public_id}/{act}/").status_code == 404


def test_members_read_figures_only_when_they_name_nobody(
    cast: Cast, alice: Client, bob: Client
) -> None:
    with inside(cast.network):
        version = published(cast)
        signed(cast, version, cast.emma, cast.rival)
    page = text_of(bob, AREA)
    told = "Too few on one side to say how many have signed: it would name them."
    assert told in page
    assert "have signed what is in force" not in page
    assert told not in text_of(alice, AREA)
    assert "have signed what is in force" in text_of(alice, AREA)


def test_pages_of_many_firms_ask_the_database_as_little_as_those_of_few(
    cast: Cast, alice: Client, bob: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    with inside(cast.network):
        version = published(cast)
        for firm in more_firms(cast, 60)[::2]:
            Signature.objects.create(
                version=version,
                organisation=firm,
                name="X",
                role="X",
                method="scan",
                sha256="0" * 64,
                signed_at=now(),
            )
        more_firms(cast, 60)
        assert MembershipPeriod.objects.filter(starts_on=START).count() == 63
    pages = ((alice, ""), (alice, "signatures/"), (alice, "signatures/send/"), (bob, ""))
    for client, path in (*pages, (bob, "apart/"), (bob, "sign/"), (bob, "compare/")):
        client.get(f"{AREA}{path}")
        with django_assert_max_num_queries(12):  # type: ignore[attr-defined]  # a context manager
            client.get(f"{AREA}{path}")


def test_pages_are_gone_while_the_module_is_off(cast: Cast, alice: Client, bob: Client) -> None:
    with inside(cast.network):
        published(cast)
        NetworkModule.objects.filter(key="charter").delete()
    assert alice.get(AREA).status_code == 404
    assert bob.get(f"{AREA}sign/").status_code == 404
