"""Finding what an address of the area names, and laying a text out for a page."""

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from maillage.bricks.agreements.clauses import Clause, clauses_of
from maillage.bricks.agreements.models import AgreementDocument, AgreementVersion
from maillage.foundation.audit.actions import record_reads
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.launch.charter.queries import charter_draft, charter_versions
from maillage.web.ui.acting import NetworkRequest

SIGNATURES: Final = "charter"  # what a firm reads that somebody looked at
PDF: Final = "application/pdf"


@dataclass(frozen=True, slots=True)
class Text:
    """A version as a page shows it."""

    version: AgreementVersion
    title: str
    language: str
    clauses: tuple[Clause, ...]


def text_of(version: AgreementVersion) -> Text:
    """Return a version as a page shows it."""
    return Text(version, version.agreement.title, version.language[:2], clauses_of(version.clauses))


def access_version(network: Network, number: int) -> AgreementVersion:
    """Return a published version of the charter; 404 when there is none of that number."""
    found = charter_versions(network).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def access_draft(network: Network) -> AgreementVersion:
    """Return the draft under way, for who writes it; 404 when there is none."""
    found = charter_draft(network)
    if found is None:
        raise Http404
    return found


def access_clause(draft: AgreementVersion, key: str) -> Clause:
    """Return a clause of a draft; 404 when it has none of that key."""
    found = next((one for one in clauses_of(draft.clauses) if one.key == key), None)
    if found is None:
        raise Http404
    return found


def own_firm(request: NetworkRequest) -> Organisation:
    """Return the firm of the role in use; 403 when the role speaks for none."""
    firm = request.acting.firm
    if firm is None:
        raise PermissionDenied(_("This page is for the people of a firm."))
    return firm


def document_answer(version: AgreementVersion) -> HttpResponse:
    """Return the document of a version, as it was published and is signed."""
    document = AgreementDocument.objects.get(version=version)
    name = f"{slugify(version.agreement.title)}-{version.number}.pdf"
    return file_answer(bytes(document.content), PDF, name)


def file_answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Return a file to keep, which no browser takes for a page."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def note_read(request: NetworkRequest, firm: Organisation, page: str) -> None:
    """Write down that somebody looked at what a firm signed: the firm sees that they did."""
    record_reads(
        reader_id=request.acting.person.public_id,
        network_id=request.network.public_id,
        organisation_ids=[firm.public_id],
        fields=[SIGNATURES],
        page=page,
    )
