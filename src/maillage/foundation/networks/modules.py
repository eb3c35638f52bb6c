"""The modules a network can switch on, and the phase of its life each belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its phase (launch, run, sustain), its name, what it is for."""

    key: str
    phase: str
    name: Promise
    purpose: Promise


MODULES: Mapping[str, Module] = {
    module.key: module
    for module in (
        Module("directory", "launch", _("Firms"), _("Who is there, where, and what they do.")),
        Module(
            "objectives",
            "launch",
            _("Objectives"),
            _("What members want to reach together, proposed and endorsed by them."),
        ),
        Module(
            "introductions",
            "launch",
            _("Introductions"),
            _("Two members learn more of each other once both have said yes."),
        ),
        Module(
            "surveys",
            "launch",
            _("Surveys"),
            _("Questions put to firms by link, on paper or on a visit, and what they answered."),
        ),
        Module(
            "needs",
            "launch",
            _("Needs and offers"),
            _("What firms lack and what they have to give, from felt to served."),
        ),
        Module(
            "shared_jobs",
            "launch",
            _("Shared jobs"),
            _("The permanent jobs that firms can make together, proposed to each of them."),
        ),
        Module(
            "charter",
            "launch",
            _("Charter"),
            _("What members commit to: written in clauses, signed, some held by the software."),
        ),
        Module(
            "mobilisation",
            "launch",
            _("Mobilisation"),
            _("How far each firm has come, why it takes part and what holds it back."),
        ),
        Module(
            "planning",
            "run",
            _("Plan"),
            _("Who works where each week, within law and charter, published to each of them."),
        ),
        Module(
            "group",
            "run",
            _("Employer group"),
            _("Its kind, its papers and deadlines, who answers for its debts."),
        ),
        Module(
            "contacts",
            "run",
            _("Contacts"),
            _("Who solicited which firm, so that nobody is bothered twice."),
        ),
        Module(
            "employment",
            "run",
            _("Shared workers"),
            _("The people the group employs, their leave and papers, how shared work goes."),
        ),
        Module(
            "hours",
            "run",
            _("Hours"),
            _("What was worked, from the plan to the signature of each firm, closed every month."),
        ),
        Module(
            "billing",
            "run",
            _("Invoices"),
            _("Prices that the board decides, invoices from signed hours, what became of each."),
        ),
        Module(
            "voice",
            "run",
            _("Voice of the workers"),
            _("Workers know each other, elect delegates, ask for meetings and are answered."),
        ),
        Module("decisions", "run", _("Decisions"), _("What members decided, and by how many.")),
        Module(
            "figures",
            "sustain",
            _("Figures"),
            _("Anonymous figures that members and funders may read."),
        ),
    )
}
