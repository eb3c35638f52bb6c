"""Finding what an address of the area names."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from maillage.bricks.questionnaires.definition import Definition, sketched
from maillage.bricks.questionnaires.drafting import Content
from maillage.bricks.questionnaires.models import Questionnaire, QuestionnaireVersion
from maillage.bricks.questionnaires.presets import contents


@dataclass(frozen=True, slots=True)
class Opened:
    """A questionnaire of the network: what is being written, and what was published, last first."""

    questionnaire: Questionnaire
    draft: QuestionnaireVersion | None
    published: tuple[QuestionnaireVersion, ...]

    @property
    def last(self) -> QuestionnaireVersion:
        """What is being written, else what was published last."""
        return self.draft or self.published[0]

    @property
    def content(self) -> Content:
        """What it asks, as it is being written or was published last."""
        content: Content = self.last.content
        return content


@dataclass(frozen=True, slots=True)
class Shown:
    """A questionnaire as anybody may read it: one of the network's own, or one of Maillage's."""

    which: str
    content: Content
    own: Opened | None

    @property
    def definition(self) -> Definition:
        """What it asks; texts may be missing in a draft."""
        return sketched(self.content)


def access_own(questionnaire_id: UUID) -> Opened:
    """Return a questionnaire that the open network writes; 404 when there is none."""
    found = (
        Questionnaire.objects.filter(public_id=questionnaire_id, preset="")
        .select_related("copied_from")
        .first()
    )
    if found is None:
        raise Http404
    versions = list(QuestionnaireVersion.objects.filter(questionnaire=found).order_by("-number"))
    draft = next((one for one in versions if one.published_at is None), None)
    published = tuple(one for one in versions if one.published_at is not None)
    return Opened(found, draft, published)


def access_any(which: str) -> Shown:
    """Return one that comes with Maillage, or one of the network's own; 404 when there is none."""
    if which in contents():
        return Shown(which, contents()[which], None)
    try:
        own = access_own(UUID(which))
    except ValueError:
        raise Http404 from None
    return Shown(which, own.content, own)
