"""Drafting a text, publishing a version of it: from then on it never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.bricks.agreements.clauses import (
    KEY,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_CLAUSES,
    Clause,
    clauses_of,
    compared,
    content_of,
)
from maillage.bricks.agreements.document import document_of, print_of
from maillage.bricks.agreements.enums import Change
from maillage.bricks.agreements.models import Agreement, AgreementDocument, AgreementVersion
from maillage.bricks.agreements.queries import latest_published
from maillage.bricks.agreements.refusals import AgreementError, DraftChangedError
from maillage.foundation.audit.actions import Values, record
from maillage.foundation.networks.models import Network

LONGEST_SUMMARY = 500


@transaction.atomic
def begin_draft(
    *,
    network: Network,
    kind: str,
    title: str,
    language: str,
    clauses: Sequence[Clause],
    actor_id: UUID,
) -> AgreementVersion:
    """Begin the next version of a text, from the last one when there is one.

    `title`, `language` and `clauses` are those of the very first version. Raises AgreementError
    when a draft is under way.
    """
    if language not in dict(settings.LANGUAGES):
        raise AgreementError(_("Choose the language of the text."), "language")
    found, _made = Agreement.objects.get_or_create(
        network=network, kind=kind, subject_id=None, defaults={"title": title}
    )
    agreement = Agreement.objects.select_for_update().get(pk=found.pk)
    last = latest_published(agreement)
    content = last.clauses if last is not None else content_of(_checked(clauses))
    try:
        with transaction.atomic():
            draft = AgreementVersion.objects.create(
                agreement=agreement,
                number=last.number + 1 if last is not None else 1,
                language=last.language if last is not None else language,
                clauses=content,
            )
    except IntegrityError:
        raise AgreementError(_("A draft is under way already: go on with it.")) from None
    _trail(actor_id, "draft", draft, after={"number": draft.number})
    return draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A whole text about one thing, to be signed by those it names."""

    kind: str
    subject_id: UUID
    title: str
    language: str
    clauses: tuple[Clause, ...]
    signers: tuple[str, ...]


@transaction.atomic
def issue(*, network: Network, text: Text, actor_id: UUID) -> AgreementVersion:
    """Write and publish at once the next version of the text about one thing.

    Return the one that is there when it says the same. Raises AgreementError.
    """
    found, _made = Agreement.objects.get_or_create(
        network=network, kind=text.kind, subject_id=text.subject_id, defaults={"title": text.title}
    )
    agreement = Agreement.objects.select_for_update().get(pk=found.pk)
    last = latest_published(agreement)
    if last is not None and says(last, text):
        return last
    if agreement.title != text.title:
        agreement.title = text.title
        agreement.save(update_fields=["title"])
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=last.number + 1 if last is not None else 1,
        language=text.language,
        clauses=content_of(_checked(text.clauses)),
        signers=list(text.signers),
    )
    version.published_at = now()
    version.save(update_fields=["published_at"])
    _keep_document(version, actor_id)
    return version


def says(version: AgreementVersion, text: Text) -> bool:
    """Whether a version says, word for word, what a text says."""
    said = (version.language, version.clauses, version.signers)
    return said == (text.language, content_of(text.clauses), list(text.signers))


@transaction.atomic
def keep_draft(
    *,
    version: AgreementVersion,
    revision: int,
    clauses: Sequence[Clause],
    actor_id: UUID,
) -> AgreementVersion:
    """Keep the clauses of a draft; `revision` is the one that was read.

    Raises DraftChangedError when somebody changed it meanwhile, AgreementError.
    """
    draft = _draft(version, revision)
    content = content_of(_checked(clauses))
    if content == draft.clauses:
        return draft
    changed = [
        (line.new or line.old).key  # type: ignore[union-attr]  # one of them is there
        for line in compared(clauses_of(draft.clauses), tuple(clauses))
        if line.change != Change.SAME
    ]
    draft.clauses = content
    draft.revision += 1
    draft.save(update_fields=["clauses", "revision"])
    _trail(actor_id, "change draft", draft, after={"clauses": changed})
    return draft


@transaction.atomic
def drop_draft(*, version: AgreementVersion, actor_id: UUID) -> None:
    """Throw a draft away; raises AgreementError when it was published meanwhile."""
    draft = _draft(version, None)
    _trail(actor_id, "drop draft", draft, before={"number": draft.number})
    draft.delete()


@transaction.atomic
def publish(
    *, version: AgreementVersion, revision: int, summary: str, actor_id: UUID
) -> AgreementVersion:
    """Publish a draft: its text and its document never change again.

    Raises DraftChangedError, AgreementError when it has no clause, says nothing new, or does not
    say what changes.
    """
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    draft = _draft(version, revision)
    clauses = clauses_of(draft.clauses)
    if not clauses:
        raise AgreementError(_("Write a clause first: there is nothing to sign."))
    last = latest_published(draft.agreement)
    summary = " ".join(summary.split())[:LONGEST_SUMMARY]
    if last is not None:
        if all(one.change == Change.SAME for one in compared(clauses_of(last.clauses), clauses)):
            raise AgreementError(_("This draft says what the version in force says already."))
        if not summary:
            raise AgreementError(_("Say what changes, in a sentence for the firms."), "summary")
    draft.summary, draft.published_at = summary, now()
    draft.save(update_fields=["summary", "published_at"])
    _keep_document(draft, actor_id)
    return draft


def _keep_document(version: AgreementVersion, actor_id: UUID) -> None:
    content = document_of(version)
    document = AgreementDocument.objects.create(
        version=version, content=content, sha256=print_of(content)
    )
    after = {"number": version.number, "sha256": document.sha256}
    _trail(actor_id, "publish", version, after=after)


def _draft(version: AgreementVersion, revision: int | None) -> AgreementVersion:
    """Return a draft, locked; raises AgreementError when it is none, or has another revision."""
    drafts = AgreementVersion.objects.select_for_update(of=("self",))
    draft = (
        drafts.filter(pk=version.pk, published_at=None).select_related("agreement__network").first()
    )
    if draft is None:
        raise AgreementError(_("This version is published: it does not change any more."))
    if revision is not None and draft.revision != revision:
        raise DraftChangedError
    return draft


def _checked(clauses: Sequence[Clause]) -> Sequence[Clause]:
    if len(clauses) > MOST_CLAUSES:
        raise AgreementError(_("A text has %(most)s clauses at most.") % {"most": MOST_CLAUSES})
    if len({clause.key for clause in clauses}) != len(clauses):
        raise AgreementError(_("Two clauses bear the same key."))
    rules = [clause.rule for clause in clauses if clause.rule]
    if len(set(rules)) != len(rules):
        raise AgreementError(_("Another clause has this rule already."), "rule")
    for clause in clauses:
        if not KEY.fullmatch(clause.key):
            raise AgreementError(_("The key of a clause is made of letters and digits."))
        if not clause.title.strip() or len(clause.title) > LONGEST_TITLE:
            raise AgreementError(_("Give each clause a title, of 120 characters at most."), "title")
        if not clause.text.strip() or len(clause.text) > LONGEST_TEXT:
            raise AgreementError(_("Write each clause, in 5,000 characters at most."), "text")
    return clauses


def _trail(
    actor_id: UUID,
    act: str,
    version: AgreementVersion,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    record(
        actor_id=actor_id,
        act=act,
        subject_type="AgreementVersion",
        subject_id=version.public_id,
        network_id=version.agreement.network.public_id,
        before=before,
        after=after,
    )
