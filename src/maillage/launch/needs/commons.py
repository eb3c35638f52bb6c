"""What several firms need alike: the smallest common core, whom it covers, and why it is proposed.

For the animator of a network alone: two firms are few enough to recognise each other.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from statistics import median_high
from typing import Any

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.enums import OrganisationKind
from maillage.foundation.organisations.models import Site, Territory
from maillage.foundation.visibility.queries import shielding_pairs
from maillage.foundation.vocabularies.folding import plain
from maillage.launch.needs.bridge import occupation_of
from maillage.launch.needs.commons_groups import (
    Ground,
    Group,
    Wanted,
    groups_of,
    rivals_inside,
)
from maillage.launch.needs.commons_rules import (
    LEAST_FIRMS_OF_A_NEED,
    LEAST_STRENGTH,
    NEAR_METRES,
    safe_between_competitors,
)
from maillage.launch.needs.enums import NeedKind, NeedState, ProposalKind, Strength
from maillage.launch.needs.matching_words import as_written, words_of
from maillage.launch.needs.models import CommonNeed, Need
from maillage.launch.needs.queries import open_needs

COVERAGE = ("sector", "job_category", "public")
VOICED = (NeedState.EXPRESSED, NeedState.COMMITTED)
OCCUPATION = "="  # before an occupation among the marks of a need: no word begins so
KEY_DIGITS = 16


@dataclass(frozen=True)
class Situation:
    """The open needs of the firms of a network, where they are, and who competes."""

    network: Network
    needs: Mapping[int, Need]
    sites: Mapping[int, Site]
    rivals: frozenset[tuple[int, int]]

    @cached_property
    def ground(self) -> Ground:
        """What decides who may be put together."""
        return Ground(NEAR_METRES, self.rivals, safe_between_competitors)

    def wanted(self, need: Need, marks: frozenset[str]) -> Wanted:
        """Return a need as it is put with others."""
        site = self.sites.get(need.organisation_id)
        return Wanted(
            need=need.pk,
            firm=need.organisation_id,
            topic=need.topic,
            marks=marks,
            strength=need.strength,
            place=(site.latitude, site.longitude) if site else None,
            territory=need.territory_id,
        )


@dataclass(frozen=True, slots=True)
class Together:
    """What some needs come to: which firms, how strong, how many asked for it already.

    `around` is the commune in the middle, "" when it is unknown; `half_hours` are summed by month,
    nothing when no staff is meant; `rivals` counts pairs of competitors among the firms, and
    `left_out` firms that compete with one of them.
    """

    needs: tuple[Need, ...]
    firms: int
    around: str
    strongest: Strength
    at_survival: int
    voiced: int
    half_hours: tuple[int, ...]
    rivals: int
    left_out: int

    @property
    def half(self) -> Strength:
        """The strength that half of the needs reach."""
        return Strength(median_high(one.strength for one in self.needs))


@dataclass(frozen=True, slots=True)
class Common:
    """A common need to propose: its smallest core and its coverage.

    `key` names it in an address as long as it is made of the same needs. `occupation` and `words`
    are the core; `territory`, `sector`, `job_category` and `public` what all of them share.
    """

    key: str
    topic: str
    occupation: str
    words: tuple[str, ...]
    territory: Territory | None
    sector: str
    job_category: str
    public: str
    together: Together

    @property
    def core(self) -> str:
        """What they have in common, in a few words."""
        return self.occupation or ", ".join(self.words)


@dataclass(frozen=True, slots=True)
class Commons:
    """Common needs to propose, the largest first, and the needs that nothing says for whom."""

    proposals: tuple[Common, ...]
    uncovered: tuple[Need, ...]


def situation_of(network: Network) -> Situation:
    """Return what is known of the needs of a network, for whoever follows needs. Three queries.

    Those of firms alone: what a body that promotes something states is not a need of firms.
    """
    rows = open_needs(network).filter(
        network=network, kind=NeedKind.NEED, organisation__kind=OrganisationKind.FIRM
    )
    needs = {one.pk: one for one in rows.select_related("organisation", "territory")}
    firms = {one.organisation_id for one in needs.values()}
    sites = Site.objects.filter(organisation__in=firms, is_main=True, closed_on=None)
    pairs = shielding_pairs(firms).order_by().values_list("first_id", "second_id")
    return Situation(
        network,
        needs,
        {site.organisation_id: site for site in sites},
        frozenset((min(pair), max(pair)) for pair in pairs),
    )


def commons_of(situation: Situation, kept: Iterable[CommonNeed] = ()) -> Commons:
    """Return the common needs to propose; those taken up or set aside already are left out.

    A proposal that was `kept` comes back once more than half of its needs are others.
    """
    covered = [one for one in situation.needs.values() if is_covered(one)]
    uncovered = [one for one in situation.needs.values() if not is_covered(one)]
    wanted = [situation.wanted(one, _marks(one)) for one in covered]
    groups = groups_of(wanted, situation.ground, least_firms=LEAST_FIRMS_OF_A_NEED)
    before = [
        frozenset(need.pk for need in one.needs.all())
        for one in kept
        if one.kind == ProposalKind.COMMON
    ]
    found = (_common(situation, group) for group in groups if not _is_known(group, before))
    strong = tuple(one for one in found if one.together.half >= LEAST_STRENGTH)
    return Commons(strong, tuple(uncovered))


def is_covered(need: Need) -> bool:
    """Whether a need says for whom it is: a territory, a sector, a trade or a public."""
    said = [getattr(need, field) for field in COVERAGE]
    return any(said) or need.territory_id is not None or bool(occupation_of(need))


def _marks(need: Need) -> frozenset[str]:
    occupation = occupation_of(need)
    # What is said in more words tells of the firm as much as of the need.
    words = words_of(need.title, need.occupation_label)
    return frozenset(words) | ({OCCUPATION + occupation} if occupation else frozenset())


def _is_known(group: Group, before: Sequence[Collection[int]]) -> bool:
    needs = {one.need for one in group.members}
    return any(2 * len(needs & known) >= len(needs) for known in map(set, before))


def _common(situation: Situation, group: Group) -> Common:
    together = together_of(situation, group)
    needs = together.needs
    strongest = max(needs, key=lambda one: (one.strength, -one.pk))
    texts = (strongest.title, strongest.occupation_label)
    named = any(mark.startswith(OCCUPATION) for mark in group.core)
    names = Counter(one.occupation_label or one.occupation for one in needs)
    territories = {one.territory_id for one in needs}
    return Common(
        key=key_of(needs),
        topic=needs[0].topic,
        occupation=max(names, key=lambda name: (names[name], name)) if named else "",
        words=tuple(as_written(texts, sorted(group.core))),
        territory=needs[0].territory if len(territories) == 1 else None,
        together=together,
        **{field: _shared(needs, field) for field in COVERAGE},
    )


def _shared(needs: Sequence[Need], field: str) -> Any:
    said = {plain(getattr(one, field)) for one in needs}
    return getattr(needs[0], field) if len(said) == 1 else ""


def together_of(situation: Situation, group: Group) -> Together:
    """Return what the needs of a group come to."""
    needs = tuple(situation.needs[one.need] for one in group.members)
    middle = situation.sites.get(needs[0].organisation_id)
    hours = [one.half_hours for one in needs if any(one.half_hours)]
    return Together(
        needs=needs,
        firms=len(group.firms),
        around=middle.commune if middle else "",
        strongest=Strength(max(one.strength for one in needs)),
        at_survival=_firms(one for one in needs if one.strength == Strength.SURVIVAL),
        voiced=_firms(one for one in needs if one.state in VOICED),
        half_hours=tuple(map(sum, zip(*hours, strict=True))),
        rivals=rivals_inside(group, situation.rivals),
        left_out=len(group.left_out),
    )


def _firms(needs: Iterable[Need]) -> int:
    return len({one.organisation_id for one in needs})


def key_of(needs: Iterable[Need]) -> str:
    """Return the name of a proposal made of these needs, for an address."""
    ids = ",".join(sorted(str(one.public_id) for one in needs))
    return f"need-{sha256(ids.encode()).hexdigest()[:KEY_DIGITS]}"


def kept_of(network: Network) -> list[CommonNeed]:
    """Return what was taken up or set aside, the newest first, for whoever follows needs."""
    rows = CommonNeed.objects.filter(network=network).select_related("task")
    return list(rows.prefetch_related("needs"))
