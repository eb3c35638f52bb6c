"""A published text never changes; what is signed is its document, byte for byte."""

import re
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.timezone import now
from django_scopes import scope

from maillage.bricks.agreements.actions import begin_draft, drop_draft, keep_draft, publish
from maillage.bricks.agreements.clauses import Clause, clauses_of
from maillage.bricks.agreements.document import document_of
from maillage.bricks.agreements.models import (
    AgreementDocument,
    AgreementVersion,
    Signature,
    SignedScan,
)
from maillage.bricks.agreements.refusals import AgreementError, DraftChangedError
from maillage.foundation.audit.models import AuditLine
from tests.cast import Cast, cast_of, inside

FIRST = (Clause(key="purpose", title="But", text="Partager du personnel."),)


def draft(cast: Cast, *clauses: Clause) -> AgreementVersion:
    return begin_draft(
        network=cast.network,
        kind="charter",
        title="Charte",
        language="fr",
        clauses=clauses or FIRST,
        actor_id=cast.alice.public_id,
    )


def put_out(cast: Cast, version: AgreementVersion, summary: str = "") -> AgreementVersion:
    return publish(
        version=version,
        revision=version.revision,
        summary=summary,
        actor_id=cast.alice.public_id,
    )


def changed(cast: Cast, version: AgreementVersion, *clauses: Clause) -> AgreementVersion:
    return keep_draft(
        version=version,
        revision=version.revision,
        clauses=clauses,
        actor_id=cast.alice.public_id,
    )


def test_a_version_is_drafted_changed_and_published(cast: Cast) -> None:
    with inside(cast.network):
        first = draft(cast)
        assert (first.number, first.revision, first.published_at) == (1, 1, None)
        second = changed(cast, first, *FIRST, Clause(key="exit", title="Fin", text="Un mois."))
        assert second.revision == 2
        out = put_out(cast, second)
        assert out.published_at is not None
        assert [one.key for one in clauses_of(out.clauses)] == ["purpose", "exit"]
        acts = AuditLine.objects.order_by("id").values_list("act", flat=True)
        assert list(acts) == ["draft", "change draft", "publish"]
        assert draft(cast).number == 2


def test_nothing_changes_a_published_version(cast: Cast) -> None:
    with inside(cast.network):
        version = put_out(cast, draft(cast))
        with pytest.raises(AgreementError, match="it does not change any more"):
            changed(cast, version)
        with pytest.raises(AgreementError, match="it does not change any more"):
            drop_draft(version=version, actor_id=cast.alice.public_id)
        with pytest.raises(AgreementError, match="it does not change any more"):
            put_out(cast, version)
        rows = AgreementVersion.objects.filter(pk=version.pk)
        changes: list[dict[str, object]] = [
            {"clauses": []},
            {"summary": "x"},
            {"published_at": None},
        ]
        for change in changes:
            with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
                rows.update(**change)
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            AgreementDocument.objects.update(content=b"")
        version.refresh_from_db()
        assert clauses_of(version.clauses) == FIRST


def test_the_print_is_that_of_the_exact_document_and_always_the_same(cast: Cast) -> None:
    with inside(cast.network):
        version = put_out(cast, draft(cast))
        kept = AgreementDocument.objects.get(version=version)
        content = bytes(kept.content)
        assert content.startswith(b"%PDF-")
        assert kept.sha256 == sha256(content).hexdigest()
        with translation.override("en"):
            again = document_of(AgreementVersion.objects.get(pk=version.pk))
        assert again == content


def test_what_people_wrote_is_never_read_as_markup(cast: Cast) -> None:
    text = '#panic("no") #sys.inputs *gras* $x$ <a> \\ `code` // rien\n= Titre\n\n"]'
    odd = Clause(key="odd", title=text[:60], text=text, effect=text)
    with inside(cast.network):
        version = put_out(cast, draft(cast, odd))  # read as markup, the text would stop it
        content = bytes(AgreementDocument.objects.get(version=version).content)
        assert content == document_of(version)


def test_two_people_do_not_write_over_each_other(cast: Cast) -> None:
    with inside(cast.network):
        version = draft(cast)
        changed(cast, version, Clause(key="purpose", title="But", text="Autre chose."))
        with pytest.raises(DraftChangedError):
            changed(cast, version, Clause(key="purpose", title="But", text="Encore."))
        with pytest.raises(DraftChangedError):
            put_out(cast, version)
        kept = AgreementVersion.objects.get()
        assert clauses_of(kept.clauses)[0].text == "Autre chose."


def test_there_is_one_draft_at_a_time_which_may_be_thrown_away(cast: Cast) -> None:
    with inside(cast.network):
        version = draft(cast)
        with pytest.raises(AgreementError, match="A draft is under way already"):
            draft(cast)
        drop_draft(version=version, actor_id=cast.alice.public_id)
        assert draft(cast).number == 1


@pytest.mark.parametrize(
    ("clauses", "sentence"),
    [
        ((Clause(key="a", title=" ", text="x"),), "Give each clause a title"),
        ((Clause(key="a", title="A", text="\n"),), "Write each clause"),
        ((Clause(key="a", title="A", text="x" * 5001),), "Write each clause"),
        ((Clause(key="A b", title="A", text="x"),), "The key of a clause"),
        ((FIRST[0], FIRST[0]), "Two clauses bear the same key."),
        (
            (
                Clause(key="a", title="A", text="x", rule="timetables"),
                Clause(key="b", title="B", text="x", rule="timetables"),
            ),
            "Another clause has this rule already.",
        ),
        (
            tuple(Clause(key=f"c{rank}", title="A", text="x") for rank in range(61)),
            "A text has 60 clauses at most.",
        ),
    ],
)
def test_clauses_that_make_no_sense_are_refused(
    cast: Cast, clauses: tuple[Clause, ...], sentence: str
) -> None:
    with inside(cast.network):
        with pytest.raises(AgreementError, match=re.escape(sentence)):
            draft(cast, *clauses)
        assert not AgreementVersion.objects.exists()


def test_a_new_version_says_something_new_and_what(cast: Cast) -> None:
    with inside(cast.network):
        put_out(cast, draft(cast))
        second = draft(cast)
        with pytest.raises(AgreementError, match="says what the version in force says already"):
            put_out(cast, second, "Rien")
        second = changed(cast, second, Clause(key="purpose", title="But", text="Durer."))
        with pytest.raises(AgreementError, match="Say what changes"):
            put_out(cast, second)
        out = put_out(cast, second, "  Le but   change ")
        assert (out.number, out.summary) == (2, "Le but change")
        empty = changed(cast, draft(cast))
        with pytest.raises(AgreementError, match="Write a clause first"):
            put_out(cast, empty, "Vide")


def test_a_signature_names_an_organisation_of_the_same_register(cast: Cast) -> None:
    other = cast_of("autre")
    with inside(cast.network):
        version = put_out(cast, draft(cast))
    with (
        scope(network=cast.network, register=cast.register),
        pytest.raises(IntegrityError, match=r"Signature: organisation\.register"),
        transaction.atomic(),
    ):
        Signature.objects.create(
            version=version,
            organisation=other.bakery,
            name="Bob",
            role="Gérant",
            method="scan",
            sha256="0" * 64,
            signed_at=now(),
        )
    with inside(cast.network):
        assert not SignedScan.objects.exists()
