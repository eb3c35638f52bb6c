"""A network in which everything has happened once, and the pages that each person opens there.

Addresses are found by walking the resolver, so that a page written tomorrow is looked at without
anybody listing it. What an address needs between its slashes is taken from the world: `PLACES` says
which things fit; a place it does not name is tried with every thing there is.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import product
from uuid import uuid4

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate, now

from maillage.bricks.agreements.links import make_link
from maillage.bricks.links.enums import LinkKind
from maillage.bricks.links.models import Link
from maillage.bricks.questionnaires.drafts import mark_of, remove_question
from maillage.bricks.questionnaires.versions import begin_draft, copy_questionnaire, publish
from maillage.foundation.accounts.links import token_for
from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.models import Run
from maillage.foundation.networks.enums import (
    BodyInvolvementKind,
    NetworkRoleKind,
    ObjectiveState,
)
from maillage.foundation.networks.models import (
    BodyInvolvement,
    Decision,
    Endorsement,
    Invitation,
    Membership,
    MembershipPeriod,
    NetworkRole,
    Objective,
    StartCondition,
    Task,
)
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact, DigestPreference, Notification, QuietPeriod
from maillage.foundation.organisations.enums import ImportState, RowFate, TerritoryKind
from maillage.foundation.organisations.models import (
    ImportRow,
    OrganisationImport,
    Role,
    Site,
    Territory,
    TerritoryCommune,
)
from maillage.foundation.visibility.enums import ConsentPurpose, Level
from maillage.foundation.visibility.models import (
    Competition,
    CompetitionLift,
    CompetitorClaim,
    Consent,
    FieldLevels,
    Introduction,
)
from maillage.launch.charter.actions import begin_charter, record_paper
from maillage.launch.mobilisation.actions.noting import note_motive, say_reason
from maillage.launch.mobilisation.enums import Stage
from maillage.launch.needs.actions import state_need
from maillage.launch.needs.commons import commons_of, situation_of
from maillage.launch.needs.commons_actions import take_up
from maillage.launch.shared_jobs.links import path_of
from maillage.launch.shared_jobs.models import JobShare
from maillage.launch.shared_jobs.proposing import propose_job
from maillage.launch.surveys.actions import begin
from maillage.launch.surveys.links import token_of
from maillage.launch.surveys.models import AnswersImport, Invitee
from tests.cast import Cast, acting, inside
from tests.launch.charter.stories import BOB, published
from tests.launch.mobilisation.stories import attempted, moved, visit
from tests.launch.needs.matches import matched
from tests.launch.needs.stories import stated
from tests.launch.shared_jobs.stories import need_of, searched
from tests.launch.surveys.stories import answered, asked, opened
from tests.web.every_address import Address, every_address
from tests.web.worlds import group as group_world
from tests.web.worlds import planning
from tests.web.worlds.calls import urgent_work
from tests.web.worlds.hours import HOURS_PLACES, hours
from tests.web.worlds.shared_work import shared_work
from tests.web.worlds.staff import STAFF_PLACES, staff

# From whoever may open most to whoever may open least.
PEOPLE = ("alice", "bob", "chloe", "farid", "emma", "denis", "keeper", "visitor")

# Which things of the world fit a place: for one address, else for any. First the ones most opened.
PLACES: Mapping[str, Sequence[str]] = {
    "network": ("network",),
    "public_id": ("bakery", "garage", "rival"),
    "site_id": ("bakery site", "garage site", "rival site"),
    "role_id": ("bob role", "emma role"),
    "link_id": ("link",),
    "territory_id": ("territory",),
    "period_id": ("quiet", "membership"),
    "pair_id": ("competition",),
    "claim_id": ("claim",),
    "lift_id": ("lift",),
    "introduction_id": ("introduction", "introduction of emma"),
    "consent_id": ("consent", "consent of emma"),
    "purpose": ("public_page",),
    "token": ("digest token", "invitation token"),
    "survey_id": ("survey",),
    "questionnaire_id": ("questionnaire",),
    "which": ("questionnaire", "preset"),
    "kind": ("kind of question",),
    **{
        f"questionnaires:{page} key": ("question on interest",)
        for page in ("question", "up", "down", "duplicate", "remove", "put-back")
    },
    "questionnaires:preview-question key": ("question on interest",),
    "need_id": ("need",),
    "composition_id": ("composition",),
    "job_id": ("proposed job",),
    **{f"workshop:{act} job_id": ("found job",) for act in ("mark", "propose")},
    "share_id": ("share of the bakery",),
    "workshop:report kind": ("report",),
    "workshop:link token": ("proposal token",),
    "rank": ("version of the charter",),
    "clause": ("clause",),
    "signature_id": ("signature",),
    "override_id": ("competition",),  # only posted: two who compete know nothing of each other
    "obstacle_id": ("obstacle",),
    "attempt_id": ("attempt",),
    "mobilisation:move to": ("stage",),
    "mobilisation:remove-motive kind": ("motive",),
    "match_id": ("match",),
    "common_id": ("taken up",),
    **{f"needs:{act} key": ("proposal",) for act in ("common-act", "common-dismiss")},
    "call_id": ("call", "peak"),
    "offer_id": ("offer",),
    "hand_id": ("hand",),
    "week:nobody slot_id": ("slot",),
    "week:nobody worker_id": ("shared worker",),
    **{f"calls:{page} absence_id": ("urgent absence",) for page in ("absence", "back")},
    **{
        f"mywork:{page} token": ("worker token",)
        for page in ("home", "seen", "away", "leave", "withdraw-leave", "rights")
    },
    "mywork:offer token": ("offer token",),
    "mywork:calendar token": ("calendar token",),
    "import_id": ("answers file",),
    **planning.PLACES,
    **HOURS_PLACES,
    "invitee_id": ("invitee",),
    "choice": ("choice",),
    "surveys:prospects key": ("question on interest",),
    **{f"answers:{page} token": ("survey token",) for page in ("welcome", "question", "check")},
    "answers:question key": ("question",),
    "charter:by-link token": ("link to sign",),
    "charter:by-link-document token": ("link to sign",),
    "indicator": ("indicator",),
    "leave_id": ("leave",),
    "delegate_id": ("delegate",),
    "grievance_id": ("grievance",),
    "meeting_id": ("meeting",),
    **{
        f"voice:{page} token": ("token of a worker",)
        for page in (
            "own",
            "known",
            "unknown",
            "say",
            "own-grievance",
            "settle",
            "ask-meeting",
            "support",
        )
    },
    "absence_id": ("absence",),
    **{
        f"leave:{page} worker_id": ("worker with papers",)
        for page in (
            "papers",
            "of-worker",
            "add-certificate",
            "add-time",
            "add-authorisation",
            "file",
            "end",
        )
    },
    **{f"leave:{page} record_id": ("authorisation",) for page in ("file", "end")},
    "leave:end kind": ("kind of paper",),
    **STAFF_PLACES,
    **group_world.PLACES,
    "desk:open public_id": ("message of alice", "message of bob", "message of emma"),
    "runs:page public_id": ("run of alice", "run of bob"),
    "runs:cancel public_id": ("run of alice", "run of bob"),
    "contacts:take-back public_id": ("contact",),
    "contacts:useful public_id": ("contact",),
    "governance:revoke-invitation public_id": ("invitation",),
    "governance:renew-invitation public_id": ("invitation",),
    "governance:end-role public_id": ("farid role", "bob role"),
    "governance:keep-role public_id": ("farid role", "bob role"),
    "governance:take-role-back public_id": ("farid role", "bob role"),
    "governance:decision public_id": ("decision",),
    "governance:condition-met public_id": ("condition",),
    "governance:condition-solve public_id": ("condition",),
    "governance:task-done public_id": ("task",),
    "governance:task-undone public_id": ("task",),
    "governance:end-involvement public_id": ("involvement",),
    "governance:keep-involvement public_id": ("involvement",),
    **{
        f"governance:{act} public_id": ("objective", "proposed objective")
        for act in (
            "objective",
            "revise",
            "endorse",
            "withdraw",
            "record-yes",
            "reach-objective",
            "drop-objective",
            "reopen-objective",
        )
    },
    **{
        f"imports:{act} public_id": ("import",)
        for act in ("page", "columns", "progress", "refused", "read", "apply", "undo", "discard")
    },
    "account:invitation token": ("invitation token",),
    "account:demonstration token": ("demonstration token",),
    "governance:switch-on key": ("module",),
    "governance:take-module-back key": ("module",),
    "key": ("allauth key",),
    "session_id": ("device",),
    "uidb36": ("allauth person",),
    "pk": ("allauth person",),
}
# Whose site, person or link a thing is: it opens in the pages of that firm only.
OWNERS: Mapping[str, str] = {
    "bakery site": "bakery",
    "garage site": "garage",
    "rival site": "rival",
    "bob role": "bakery",
    "emma role": "rival",
    "link": "bakery",
    "quiet": "bakery",
    "obstacle": "bakery",
    "attempt": "bakery",
}
# Places of the sign-in library's addresses, which are regular expressions.
BY_EXPRESSION: Mapping[str, tuple[str, ...]] = {
    "account_confirm_email": ("key",),
    "account_reset_password_from_key": ("uidb36", "key"),
}


@dataclass(frozen=True)
class World:
    """The cast, and everything that an address may name: label → what stands in the address."""

    cast: Cast
    keeper: Person  # looks after the installation, and has no role in any network
    things: Mapping[str, str]

    def person(self, who: str) -> Person | None:
        """Return somebody of the cast, None for the visitor."""
        if who == "visitor":
            return None
        return self.keeper if who == "keeper" else getattr(self.cast, who)


@dataclass(frozen=True)
class Door:
    """An address with its places filled in."""

    address: Address
    labels: tuple[str, ...]
    url: str

    def __str__(self) -> str:
        return f"{self.address.name} ({', '.join(self.labels)})" if self.labels else self.name

    @property
    def name(self) -> str:
        """The full name of the address."""
        return self.address.name

    @property
    def area(self) -> str:
        """The part of the site it belongs to."""
        return area_of(self.address)


@dataclass(frozen=True)
class Opened:
    """A page that somebody opens."""

    who: str
    door: Door
    response: HttpResponse

    def __str__(self) -> str:
        return f"{self.door} as {self.who}"


def area_of(address: Address) -> str:
    """Return the part of the site that an address belongs to: its namespace, or a library's."""
    return address.name.partition(":")[0] if ":" in address.name else address.name.split("_")[0]


@cache
def areas() -> tuple[str, ...]:
    """Return every part of the site."""
    return tuple(sorted({area_of(address) for address in every_address()}))


def doors(world: World, *areas_wanted: str, mixed: bool = False) -> list[Door]:
    """Return every address of the site, or of some parts of it, filled in every way that fits.

    `mixed` adds what fits by its kind only: the site of one firm in an address of another's.
    """
    return [
        door
        for address in every_address()
        if not areas_wanted or area_of(address) in areas_wanted
        for door in _filled(world, address)
        if mixed or _belong_together(door.labels)
    ]


def _belong_together(labels: Sequence[str]) -> bool:
    firms = {label for label in labels if label in OWNERS.values()}
    return all(OWNERS[label] in firms for label in labels if firms and label in OWNERS)


def browser_of(world: World, who: str, language: str = "en") -> Client:
    """Return a browser of somebody, in which a page that breaks answers 500."""
    client = Client(headers={"accept-language": language}, raise_request_exception=False)
    person = world.person(who)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def is_page(response: HttpResponse) -> bool:
    """Whether an answer is a page that somebody reads."""
    kind = response.headers.get("Content-Type", "")
    return response.status_code == 200 and kind.startswith("text/html")


def opened_pages(
    world: World,
    *areas_wanted: str,
    who: Sequence[str] = PEOPLE,
    language: str = "en",
    known: Collection[str] = (),
) -> list[Opened]:
    """Return the pages that each person opens: an address once each, with the first thing fit.

    Addresses whose name is in `known` are left out.
    """
    found: dict[tuple[str, str], Opened] = {}
    everything = [door for door in doors(world, *areas_wanted) if door.name not in known]
    only_posted: set[str] = set()
    for person in who:
        client = browser_of(world, person, language)
        for door in everything:
            key = (person, door.name)
            if key in found or door.name in only_posted:
                continue
            response = client.get(door.url)
            if is_page(response):
                found[key] = Opened(person, door, response)
            elif response.status_code == 405:
                only_posted.add(door.name)
    return list(found.values())


def pages_to_look_at(world: World, *areas_wanted: str) -> list[Opened]:
    """Return each page as whoever opens most of it does, then as Bob and as a visitor do."""
    opened = opened_pages(world, *areas_wanted, who=["alice", "bob", "visitor"])
    known = {page.door.name for page in opened}
    for page in opened_pages(world, *areas_wanted, who=PEOPLE[2:-1], known=known):
        if page.door.name not in known:
            known.add(page.door.name)
            opened.append(page)
    return opened


def _filled(world: World, address: Address) -> Iterator[Door]:
    places = address.places or BY_EXPRESSION.get(address.name, ())
    candidates = [
        [label for label in _fitting(address, place, world) if label in world.things]
        for place in places
    ]
    for labels in product(*candidates):
        values = {place: world.things[label] for place, label in zip(places, labels, strict=True)}
        shown = tuple(label for label in labels if label != "network")
        try:
            yield Door(address, shown, reverse(address.name, kwargs=values))
        except NoReverseMatch:  # this thing does not fit here: a name where an id stands
            continue


def world_of(cast: Cast) -> World:
    """Let everything happen once in the network of a cast; return what addresses may name."""
    things = {"network": cast.network.slug, "public_page": ConsentPurpose.PUBLIC_PAGE.value}
    with inside(cast.network):
        named = _organisations(cast) | _governance(cast) | _trust(cast) | _imports(cast)
        named |= _surveys(cast) | _mobilisation(cast) | _questionnaires(cast)
        named["need"] = state_need(
            acting=acting(cast.alice, cast.network),
            network=cast.network,
            organisation=cast.bakery,
            kind="need",
            topic="staff",
            title="Vendeuse du samedi",
            half_hours=[20] * 12,
        )
        named["match"] = matched(cast)
        # Told in the language of whoever is told, not in that of the page.
        Notification.objects.all().delete()
        named["taken up"], things["proposal"] = _in_common(cast)
        named |= _workshop(cast)
        named |= planning.planned(cast)
        share = JobShare.objects.get(job=named["job of emma"], organisation=cast.garage)
        things["proposal token"] = path_of(share).strip("/").split("/")[-1]
        things |= _charter(cast, named)
        of_group = group_world.of_group(cast)
        named, things = named | of_group[0], things | of_group[1]
        things["survey token"] = token_of(Invitee.objects.get(organisation=cast.garage))
    things |= shared_work(cast)
    things |= urgent_work(cast)
    things |= hours(cast)
    things |= staff(cast)
    things["report"] = "html"
    things |= planning.THINGS
    things |= {"preset": "employer-group-needs", "kind of question": "several"}
    things |= {"question": "peaks", "question on interest": "interested", "choice": "yes"}
    named |= _messages(cast)
    things |= {label: str(thing.public_id) for label, thing in named.items()}  # type: ignore[attr-defined]  # each has one
    preference = DigestPreference.objects.create(person=cast.alice)
    things |= {"digest token": str(preference.token), "invitation token": _token(cast)}
    things |= {"allauth key": "1-a", "allauth person": "1", "device": "1"}
    things |= {"stage": Stage.INTERESTED.value, "motive": "staff"}
    things |= {"module": "figures", "demonstration token": token_for(cast.alice)}
    keeper = Person.objects.create_user(
        f"keeper@{cast.network.slug}.example", name="Keeper", language="en", is_staff=True
    )
    return World(cast, keeper, things)


def _in_common(cast: Cast) -> tuple[Model, str]:
    """Let two firms need two things alike; return the one taken up, and the key of the other."""
    alice = acting(cast.alice, cast.network)
    territory = Territory.objects.get(name="Bassin de Blois")
    for title in ("Anglais des affaires", "Soudure"):
        for firm in (cast.bakery, cast.garage):
            stated(cast, firm, title=title, topic="training", territory=territory)
    first, second = commons_of(situation_of(cast.network)).proposals
    return take_up(acting=alice, key=first.key), second.key


def _organisations(cast: Cast) -> dict[str, Model]:
    firms = {"bakery": cast.bakery, "rival": cast.rival, "garage": cast.garage}
    things: dict[str, Model] = dict(firms)
    things |= {f"{name} site": Site.objects.get(organisation=firm) for name, firm in firms.items()}
    things["bob role"] = Role.objects.get(person=cast.bob)
    things["emma role"] = Role.objects.get(person=cast.emma)
    territory = Territory.objects.create(
        register=cast.register, kind=TerritoryKind.BASIN, name="Bassin de Blois"
    )
    TerritoryCommune.objects.create(territory=territory, insee="41018")
    things["territory"] = territory
    things["link"] = Link.objects.create(
        kind=LinkKind.values[0],
        source=cast.bakery,
        target=cast.garage,
        starts_on=localdate() - timedelta(days=30),
    )
    cast.bakery.presentation = "Pain au levain et brioches du matin"
    cast.bakery.save(update_fields=["presentation"])
    _show_to_the_public(cast)
    return things


def _show_to_the_public(cast: Cast) -> None:
    """Give the garage a page in the public directory."""
    cast.network.listed = True
    cast.network.save(update_fields=["listed"])
    FieldLevels.objects.filter(organisation=cast.garage).update(
        presence=Level.PUBLIC,
        activity=Level.PUBLIC,
        presentation=Level.PUBLIC,
        contact=Level.PUBLIC,
    )
    Consent.objects.create(
        organisation=cast.garage,
        purpose=ConsentPurpose.PUBLIC_PAGE,
        given_by_id=cast.alice.public_id,
        given_at=now(),
    )


def _governance(cast: Cast) -> dict[str, Model]:
    network, today = cast.network, localdate()
    decision = Decision.objects.create(network=network, title="Ouvrir le samedi", taken_on=today)
    objective = Objective.objects.create(
        network=network,
        title="Dix emplois partagés",
        proposed_by_id=cast.alice.public_id,
        proposing=cast.garage,
        state=ObjectiveState.ACTIVE,
        activated_at=now(),
        due_on=today + timedelta(days=90),
    )
    Endorsement.objects.create(
        objective=objective, organisation=cast.bakery, version=1, person_id=cast.bob.public_id
    )
    condition = StartCondition.objects.create(network=network, key="rules", met=False)
    membership = Membership.objects.get(organisation=cast.bakery)
    return {
        "decision": decision,
        "objective": objective,
        "proposed objective": Objective.objects.create(
            network=network,
            title="Former deux apprentis",
            proposed_by_id=cast.farid.public_id,
            by_sponsor=True,
        ),
        "condition": condition,
        "task": Task.objects.create(
            network=network, condition=condition, title="Adopter le règlement", due_on=today
        ),
        "membership": membership,
        "left membership": _left(cast),
        "farid role": NetworkRole.objects.get(kind=NetworkRoleKind.FUNDER),
        "invitation": Invitation.objects.create(
            network=network,
            fingerprint=hashlib.sha256(_token(cast).encode()).hexdigest(),
            email="gaelle@metiers-partages.example",
            name="Gaëlle",
            network_role=NetworkRoleKind.TREASURER,
            invited_by_id=cast.alice.public_id,
            expires_at=now() + timedelta(days=14),
        ),
        "involvement": BodyInvolvement.objects.create(
            network=network,
            organisation=cast.garage,
            kind=BodyInvolvementKind.RELAY,
            starts_on=today,
        ),
    }


def _fitting(address: Address, place: str, world: World) -> Sequence[str]:
    """Return the things that fit a place of an address; all of them when nobody says which."""
    named = PLACES.get(f"{address.name} {place}") or PLACES.get(place)
    return named or tuple(world.things)


def _token(cast: Cast) -> str:
    """Return the end of the link that only the person invited there has."""
    return f"invited-to-{cast.network.slug}"


def _left(cast: Cast) -> Membership:
    """Let the garage have been a member before, so that the past shows too."""
    membership = Membership.objects.get(organisation=cast.garage)
    today = MembershipPeriod.objects.get(membership=membership)
    MembershipPeriod.objects.create(
        membership=membership,
        tier=today.tier,
        starts_on=today.starts_on - timedelta(days=300),
        ends_on=today.starts_on - timedelta(days=100),
        exit_reason="Travaux",
    )
    return membership


def _trust(cast: Cast) -> dict[str, Model]:
    pair = Competition.objects.get()
    things: dict[str, Model] = {
        "competition": pair,
        "lift": CompetitionLift.objects.create(
            competition=pair,
            topic="Farine",
            proposed_by_id=cast.alice.public_id,
            proposed_at=now(),
        ),
        "claim": CompetitorClaim.objects.create(
            organisation=cast.bakery, name="Fournil du Val", commune="Blois"
        ),
        "introduction": Introduction.objects.create(
            network=cast.network, asking=cast.garage, asked=cast.bakery, proposed_at=now()
        ),
        "introduction of emma": Introduction.objects.create(
            network=cast.network, asking=cast.garage, asked=cast.rival, proposed_at=now()
        ),
    }
    for label, firm, person in (
        ("consent", cast.bakery, cast.bob),
        ("consent of emma", cast.rival, cast.emma),
    ):
        things[label] = Consent.objects.create(
            organisation=firm,
            purpose=ConsentPurpose.STATISTICS,
            given_by_id=person.public_id,
            given_at=now(),
        )
    return things


def _imports(cast: Cast) -> dict[str, Model]:
    source = OrganisationImport.objects.create(
        register=cast.register,
        file_name="entreprises.csv",
        state=ImportState.READY,
        columns={"titles": ["Nom", "Commune"], "fields": ["name", "commune"]},
        started_by_id=cast.alice.public_id,
        network_id=cast.network.public_id,
    )
    ImportRow.objects.create(
        source=source,
        line=2,
        cells={"name": "Scierie Bazin", "commune": "Blois"},
        fate=RowFate.CREATE,
    )
    return {"import": source}


def _workshop(cast: Cast) -> dict[str, Model]:
    """Find two jobs of the bakery and the garage, and one of the garage and the rival.

    One of each is proposed. The link is that of the garage in the second: Bob is not in it.
    """
    for occupation in ("D1106", "M1203"):
        for firm in (cast.bakery, cast.garage):
            need_of(cast, firm, occupation)
    for firm in (cast.rival, cast.garage):
        need_of(cast, firm, "K2204")
    composition = searched(cast)
    proposed, found = composition.jobs.filter(shares__organisation=cast.bakery).order_by("number")
    of_emma = composition.jobs.get(shares__organisation=cast.rival)
    for job in (proposed, of_emma):
        propose_job(acting=acting(cast.alice, cast.network), job=job)
    share = JobShare.objects.get(job=proposed, organisation=cast.bakery)
    return {
        "composition": composition,
        "proposed job": proposed,
        "found job": found,
        "job of emma": of_emma,
        "share of the bakery": share,
    }


def _surveys(cast: Cast) -> dict[str, Model]:
    """Ask two firms: the bakery has answered, the garage has begun."""
    survey = opened(cast)
    bakery, garage = asked(cast, survey, cast.bakery, cast.garage)
    answered(survey, bakery, peaks="yes", interested="yes", contact="yes")
    begin(survey=survey, invitee=garage)
    file = AnswersImport.objects.create(
        survey=survey,
        file_name="enquete.csv",
        titles=["Entreprise", "Coups de bourre"],
        fields=["name", "peaks"],
        rows=[{"line": 2, "cells": ["Garage Lemoine", "oui"], "faults": []}],
        started_by_id=cast.alice.public_id,
    )
    return {"survey": survey, "invitee": bakery, "answers file": file}


def _charter(cast: Cast, named: dict[str, Model]) -> dict[str, str]:
    """Publish a charter that the bakery signed on paper, begin its next version, send a link."""
    alice = acting(cast.alice, cast.network)
    version = published(cast)
    named["signature"] = record_paper(
        acting=alice,
        version=version,
        organisation=cast.bakery,
        signatory=BOB,
        signed_on=localdate(),
        content=b"%PDF-1.7\n%%EOF\n",
    )
    begin_charter(acting=alice, language="fr")
    _link, token = make_link(version=version, organisation=cast.garage)
    return {"version of the charter": "1", "clause": "purpose", "link to sign": token}


def _mobilisation(cast: Cast) -> dict[str, Model]:
    """Let the bakery have been met, and have said what it looks for and what holds it back."""
    alice = acting(cast.alice, cast.network)
    moved(cast, cast.bakery, Stage.MET, meeting=visit(5))
    note_motive(acting=alice, organisation=cast.bakery, kind="staff", words="Un vendeur", main=True)
    say_reason(acting=alice, organisation=cast.bakery, reason="Garder un vendeur toute l’année")
    attempt = attempted(cast, cast.bakery, "time", "short_meetings", "lessened")
    return {"obstacle": attempt.obstacle, "attempt": attempt}


def _questionnaires(cast: Cast) -> dict[str, Model]:
    """Copy one and publish it; the next version is begun, and lacks one question."""
    alice = acting(cast.alice, cast.network)
    draft = copy_questionnaire(acting=alice, title={}, source="employer-group-needs")
    publish(acting=alice, draft=draft, read_as=mark_of(draft.content))
    draft = begin_draft(acting=alice, questionnaire=draft.questionnaire)
    remove_question(acting=alice, draft=draft, key="brakes")
    return {"questionnaire": draft.questionnaire}


def _messages(cast: Cast) -> dict[str, Model]:
    things: dict[str, Model] = {}
    for who in ("alice", "bob", "emma"):
        person = getattr(cast, who)
        things[f"message of {who}"] = Notification.objects.create(
            person=person, network_id=cast.network.public_id, title="Réunion mardi"
        )
        things[f"run of {who}"] = Run.objects.create(
            kind="trial",
            owner_id=person.public_id,
            network_id=cast.network.public_id,
            title_words={"fr": "Essai", "en": "Trial"},
            state=RunState.SUCCEEDED,
            finished_at=now(),
        )
    things["contact"] = Contact.objects.create(
        firm_key=cast.bakery.siren,
        organisation_id=cast.bakery.public_id,
        network_id=cast.network.public_id,
        body_name="Métiers partagés",
        person_id=cast.alice.public_id,
        channel=ContactChannel.CALL,
        subject="Emploi partagé",
        at=now() - timedelta(days=2),
    )
    things["quiet"] = QuietPeriod.objects.create(
        public_id=uuid4(),
        firm_key=cast.bakery.siren,
        starts_on=localdate() + timedelta(days=20),
        ends_on=localdate() + timedelta(days=30),
        reason="Inventaire",
    )
    return things
