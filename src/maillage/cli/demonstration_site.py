"""The site of the demonstration: the territory in it, a link for each of the cast, served."""

from typing import Final

from django.utils.translation import gettext as _
from rich.console import Console

from maillage.cli.errors import Refusal
from maillage.cli.preparing import address_of, prepare
from maillage.cli.serving import serve
from maillage.demo import launch, site, staff
from maillage.demo.territory import Territory
from maillage.foundation.accounts.links import token_for
from maillage.foundation.networks.models import Network
from maillage.launch.shared_jobs.reports.figures import hours
from maillage.launch.shared_jobs.reports.terminal import say

WORKERS: Final = 1


def open_site(territory: Territory, screen: Console, host: str, port: int) -> None:
    """Put the territory into the site, print how to enter as each of the cast, and serve.

    Raises Refusal when the database holds other networks, or when the site cannot start.
    """
    address = address_of(host, port)
    prepare()
    if not site.is_loaded():
        if Network.objects.exists():
            raise Refusal(
                _(
                    "This database holds other networks: the demonstration needs one of its own. "
                    "Set MAILLAGE_DATA to another folder."
                )
            )
        network = site.load(territory)
        _say_launch(screen, launch.tell(network))
        _say_staff(screen, staff.tell(network))
    say(screen, _("The site of this network, and a link to enter it as each of its people:"))
    for person in site.cast():
        # Not wrapped by the screen: a link cut in two cannot be opened.
        screen.out(f"  {person.name}, {site.part_of(person)}")
        screen.out(f"    {address}/demonstration/{token_for(person)}/", highlight=False)
    serve(host, port, WORKERS)


def _say_staff(screen: Console, crew: staff.Crew) -> None:
    words = {
        "people": len(crew.workers),
        "firms": len({series.organisation_id for series, _who in crew.series}),
        "slots": len(crew.series),
    }
    say(
        screen,
        _(
            "Since then: %(people)d people shared between %(firms)d firms, %(slots)d slots a week; "
            "this week is published, the next ones wait for Alice on the plan."
        )
        % words,
    )


def _say_launch(screen: Console, told: launch.Told) -> None:
    words = {
        "found": told.found,
        "covered": hours(told.covered_hours),
        "confirmed": told.confirmed,
        "waiting": told.waiting,
        "signed": told.signed,
    }
    say(
        screen,
        _(
            "In the workshop of the site, where only occupations of one ROME domain are related: "
            "%(found)d jobs found, %(covered)s a week; "
            "%(confirmed)d to which all their firms said yes, %(waiting)d waiting for an answer; "
            "the charter signed by %(signed)d firms."
        )
        % words,
    )
