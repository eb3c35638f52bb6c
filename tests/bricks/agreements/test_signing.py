"""Who signs what: by a link, once; on paper; and what becomes of links that are passed around."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from maillage.bricks.agreements.actions import Text, issue
from maillage.bricks.agreements.clauses import Clause
from maillage.bricks.agreements.enums import LinkState, SignatureMethod
from maillage.bricks.agreements.links import found, is_reader, make_link, open_link, state_of
from maillage.bricks.agreements.models import (
    AgreementDocument,
    AgreementVersion,
    Signature,
    SignedScan,
    SigningLink,
)
from maillage.bricks.agreements.refusals import AgreementError, NewerVersionError
from maillage.bricks.agreements.scans import HEAVIEST, media_type_of
from maillage.bricks.agreements.signing import Signatory, keep_scan, sign, sign_by_link
from maillage.foundation.organisations.models import Organisation
from tests.cast import Cast, inside
from tests.launch.charter.stories import BOB, CONSENT, clause_of, published, signed

PDF = b"%PDF-1.7\n...\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0....\xff\xd9"


def test_a_link_signs_once_the_exact_document(cast: Cast) -> None:
    with inside(cast.network):
        version = published(cast)
        link, token = make_link(version=version, organisation=cast.bakery)
        secret = open_link(link=link)
        assert secret is not None
        signature = sign_by_link(link=link, version=version, signatory=BOB, consent=CONSENT)
        assert signature.sha256 == AgreementDocument.objects.get(version=version).sha256
        assert (signature.name, signature.role, signature.method) == (
            "Bob Martin",
            "Gérant",
            "link",
        )
        assert signature.consent == CONSENT
        with pytest.raises(AgreementError, match="This link has been used"):
            sign_by_link(link=link, version=version, signatory=BOB, consent=CONSENT)
        assert Signature.objects.count() == 1
        used = found(token, "charter")
        assert used is not None
        assert (used.voided_at, state_of(used, secret)) == (None, LinkState.USED)
        assert is_reader(used, secret)
        assert not is_reader(used, "")


def test_nothing_of_the_token_is_kept(cast: Cast) -> None:
    with inside(cast.network):
        link, token = make_link(version=published(cast), organisation=cast.bakery)
        assert token not in str(SigningLink.objects.values().get())
        assert found(token, "charter") == link
        assert found(token[:-1], "charter") is None
        assert found("", "charter") is None


def test_a_forwarded_link_opens_nothing(cast: Cast) -> None:
    with inside(cast.network):
        link, token = make_link(version=published(cast), organisation=cast.bakery)
        assert state_of(link, "") == LinkState.OPEN
        secret = open_link(link=link)
        assert secret is not None
        assert open_link(link=link) is None
        opened = found(token, "charter")
        assert opened is not None
        assert state_of(opened, secret) == LinkState.OPEN
        assert state_of(opened, "") == LinkState.ELSEWHERE
        assert state_of(opened, "another") == LinkState.ELSEWHERE


def test_a_link_expires_and_is_replaced_by_the_next(cast: Cast) -> None:
    with inside(cast.network):
        version = published(cast)
        first, _token = make_link(version=version, organisation=cast.bakery)
        second, _token = make_link(version=version, organisation=cast.bakery)
        first.refresh_from_db()
        assert (state_of(first, ""), state_of(second, "")) == (LinkState.VOID, LinkState.OPEN)
        assert open_link(link=first) is None
        SigningLink.objects.filter(pk=second.pk).update(expires_at=now())
        second.refresh_from_db()
        assert state_of(second, "") == LinkState.EXPIRED
        assert open_link(link=second) is None


def test_whoever_reads_an_old_version_is_given_the_new_one(cast: Cast) -> None:
    with inside(cast.network):
        old = published(cast)
        link, _token = make_link(version=old, organisation=cast.bakery)
        new = published(cast, clause_of(old, "purpose", text="Durer."), summary="Le but")
        with pytest.raises(NewerVersionError, match="Another version was published"):
            sign_by_link(link=link, version=old, signatory=BOB, consent=CONSENT)
        link.refresh_from_db()
        assert link.used_at is None
        assert not Signature.objects.exists()
        signature = sign_by_link(link=link, version=new, signatory=BOB, consent=CONSENT)
        assert signature.version == new


def test_a_change_of_the_text_leaves_what_was_signed_as_it_was(cast: Cast) -> None:
    with inside(cast.network):
        old = published(cast)
        before = signed(cast, old, cast.bob, cast.bakery)
        published(cast, clause_of(old, "employer", text="Autre."), summary="L’employeur")
        after = Signature.objects.get(pk=before.pk)
        assert (after.version, after.sha256) == (old, before.sha256)
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            Signature.objects.update(name="Emma")


def test_a_scan_is_kept_byte_for_byte(cast: Cast) -> None:
    with inside(cast.network):
        version = published(cast)
        link, _token = make_link(version=version, organisation=cast.bakery)
        signature = scanned(cast, version, cast.bakery, PDF)
        scan = SignedScan.objects.get(signature=signature)
        assert (bytes(scan.content), scan.media_type) == (PDF, "application/pdf")
        assert (signature.method, signature.consent) == ("scan", "")
        link.refresh_from_db()
        assert state_of(link, "") == LinkState.VOID
        with pytest.raises(AgreementError, match="signed already for this firm"):
            scanned(cast, version, cast.bakery, PNG)
        assert SignedScan.objects.count() == 1


def scanned(
    cast: Cast, version: AgreementVersion, firm: Organisation, content: bytes, days: int = 0
) -> Signature:
    return keep_scan(
        version=version,
        organisation=firm,
        signatory=BOB,
        signed_on=localdate() + timedelta(days=days),
        content=content,
        actor_id=cast.alice.public_id,
    )


def test_a_scan_has_a_day_that_makes_sense(cast: Cast) -> None:
    with inside(cast.network):
        version = published(cast)
        with pytest.raises(AgreementError, match="This day has not come"):
            scanned(cast, version, cast.bakery, PDF, days=1)
        with pytest.raises(AgreementError, match="This version was published later"):
            scanned(cast, version, cast.bakery, PDF, days=-1)
        Organisation.objects.filter(pk=cast.garage.pk).update(closed_on=localdate())
        closed = Organisation.objects.get(pk=cast.garage.pk)
        with pytest.raises(AgreementError, match="This firm is closed"):
            scanned(cast, version, closed, PDF)
        assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")],
)
def test_a_scan_is_told_from_its_bytes(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty"),
        (b"<html></html>", "This is no PDF, JPEG or PNG file"),
        (PDF[:12], "it is cut short"),
        (PNG[:10], "it is cut short"),
        (b"MZ" + PDF, "This is no PDF"),
        (PDF.ljust(HEAVIEST) + b"%%EOF", "This file is too heavy: 8 MB at most."),
    ],
)
def test_what_is_no_scan_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(AgreementError) as refusal:
        media_type_of(content)
    assert sentence in str(refusal.value)
    assert refusal.value.field == "file"


@pytest.mark.parametrize(
    ("signatory", "field"),
    [
        (Signatory(name=" ", role="Gérant"), "name"),
        (Signatory(name="Bob", role=""), "role"),
        (Signatory(name="x" * 121, role="Gérant"), "name"),
        (Signatory(name="Bob", role="x" * 81), "role"),
    ],
)
def test_whoever_signs_says_who_they_are(signatory: Signatory, field: str) -> None:
    with pytest.raises(AgreementError) as refusal:
        signatory.checked()
    assert refusal.value.field == field


def test_a_link_opens_the_texts_of_its_kind_alone(cast: Cast) -> None:
    with inside(cast.network):
        _link, token = make_link(version=published(cast), organisation=cast.bakery)
    assert found(token, "contract", "lending") is None
    assert found(token) is None


def test_a_text_about_one_thing_is_signed_by_people_too(cast: Cast) -> None:
    with inside(cast.network):
        text = Text(
            kind="contract",
            subject_id=uuid4(),
            title="Contrat",
            language="fr",
            clauses=(Clause(key="post", title="Poste", text="Vendeur"),),
            signers=("Pour le groupement", "Le salarié"),
        )
        alice = cast.alice.public_id
        first = issue(network=cast.network, text=text, actor_id=alice)
        assert first.number == 1
        assert issue(network=cast.network, text=text, actor_id=alice) == first
        other = issue(network=cast.network, text=replace(text, subject_id=uuid4()), actor_id=alice)
        assert (other.number, other.agreement_id != first.agreement_id) == (1, True)
        clauses = (replace(text.clauses[0], text="Vendeuse"),)
        second = issue(network=cast.network, text=replace(text, clauses=clauses), actor_id=alice)
        assert second.number == 2
        chloe = uuid4()
        link, _token = make_link(version=second, party_id=chloe)
        signature = sign_by_link(
            link=link, version=second, signatory=Signatory(name="Chloé"), consent="Oui"
        )
        assert (signature.organisation, signature.party_id, signature.role) == (None, chloe, "")
        with pytest.raises(AgreementError, match="signed already"):
            sign(
                version=second,
                party_id=chloe,
                signatory=Signatory(name="Chloé"),
                method=SignatureMethod.ACCOUNT,
                consent="Oui",
            )
        with pytest.raises(ValueError, match="of an organisation or of a party"):
            sign(
                version=second,
                signatory=Signatory(name="Chloé"),
                method=SignatureMethod.ACCOUNT,
                consent="Oui",
            )
