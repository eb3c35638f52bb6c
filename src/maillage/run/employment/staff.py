"""The workers themselves: written down, changed, removed while nothing was signed with them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.vocabularies.folding import plain
from maillage.foundation.vocabularies.gazetteer import Commune, find_commune, suggest
from maillage.run.employment.durations import age_on
from maillage.run.employment.models import Worker, WorkerSkill
from maillage.run.employment.refusals import StaffError
from maillage.run.employment.trail import note, staff_network

YOUNGEST: Final = 14  # years: apprentices and holiday jobs
MOST_SKILLS: Final = 12
LEVELS: Final = range(1, 4)


@dataclass(frozen=True, slots=True)
class Skill:
    """An occupation that somebody can do: its code, its name, a level from 1 to 3."""

    occupation: str
    label: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerWords:
    """What is known of a worker; the commune places their home for whoever plans."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = "fr"
    born_on: date | None = None
    address: str = ""
    postcode: str = ""
    commune: str = ""
    skills: tuple[Skill, ...] = ()


class WorkerChangedError(StaffError):
    """Somebody else changed the worker meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed this record meanwhile: look at it, then change it."))


@transaction.atomic
def add_worker(*, acting: Acting, words: WorkerWords) -> Worker:
    """Write a worker down, whom the group employs or will. Raises StaffError."""
    network = staff_network(acting)
    worker = Worker(network=network)
    _fill(worker, words)
    worker.save()
    _keep_skills(worker, words.skills)
    note(acting, "add worker", worker, after={"name": worker.name})
    return worker


@transaction.atomic
def change_worker(*, acting: Acting, worker: Worker, version: int, words: WorkerWords) -> Worker:
    """Change what is known of a worker, from the version that was read. Raises StaffError."""
    staff_network(acting)
    kept = Worker.objects.select_for_update().get(pk=worker.pk)
    if kept.version != version:
        raise WorkerChangedError
    _fill(kept, words)
    kept.version += 1
    kept.save()
    _keep_skills(kept, words.skills)
    # What changed is not in the trail: a home and a telephone are not to be kept twice.
    note(acting, "change worker", kept)
    return kept


@transaction.atomic
def remove_worker(*, acting: Acting, worker: Worker) -> None:
    """Remove somebody who never had a contract. Raises StaffError."""
    staff_network(acting)
    kept = Worker.objects.select_for_update().get(pk=worker.pk)
    if kept.contracts.exists():
        raise StaffError(_("This worker has a contract: the record is kept with it."))
    note(acting, "remove worker", kept)
    kept.delete()


def _fill(worker: Worker, words: WorkerWords) -> None:
    name = " ".join(words.name.split())
    if not any(letter.isalpha() for letter in name):
        raise StaffError(_("Give the first name and the name."), "name")
    if words.born_on is not None and age_on(words.born_on, localdate()) < YOUNGEST:
        raise StaffError(_("Check the date of birth: nobody works so young."), "born_on")
    worker.name, worker.folded_name = name, plain(name)
    worker.email, worker.phone = words.email.strip(), " ".join(words.phone.split())
    worker.language, worker.born_on = words.language, words.born_on
    worker.address = " ".join(words.address.split())
    place = _home(words)
    worker.postcode, worker.commune = words.postcode.strip(), words.commune.strip()
    worker.latitude = worker.longitude = None
    if place is not None:
        worker.commune = place.name
        worker.postcode = worker.postcode or place.postcodes[0]
        worker.latitude, worker.longitude = place.latitude, place.longitude


def _home(words: WorkerWords) -> Commune | None:
    name, postcode = words.commune.strip(), words.postcode.strip()
    if not name and not postcode:
        return None
    place = find_commune(name=name, postcode=postcode)
    if place is None:
        near = ", ".join(f"{one.name} ({one.postcodes[0]})" for one in suggest(name, postcode))
        sentence = _("No single commune has this name: give its postcode.")
        if near:
            sentence = _("No single commune has this name. Is it one of these: %(near)s?") % {
                "near": near
            }
        raise StaffError(sentence, "commune")
    return place


def _keep_skills(worker: Worker, skills: tuple[Skill, ...]) -> None:
    if len(skills) > MOST_SKILLS:
        raise StaffError(_("Name %(most)s occupations at most.") % {"most": MOST_SKILLS}, "skills")
    if len({one.occupation for one in skills}) != len(skills):
        raise StaffError(_("An occupation is there twice: keep one, with its level."), "skills")
    if any(one.level not in LEVELS for one in skills):
        raise StaffError(_("A level goes from 1, beginner, to 3, expert."), "skills")
    worker.skills.all().delete()
    WorkerSkill.objects.bulk_create(
        WorkerSkill(
            worker=worker,
            occupation=one.occupation,
            occupation_label=one.label,
            level=one.level,
        )
        for one in skills
    )
