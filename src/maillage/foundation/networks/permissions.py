"""What each role may do in a network, by name.

A permission is a name, never a column: a new one is a line here. What a member firm may do depends
on its tier, as the preset of the network says.
"""

from collections.abc import Mapping

from maillage.foundation.networks.enums import NetworkRoleKind, Tier
from maillage.foundation.organisations.enums import RoleKind

type Permissions = frozenset[str]

EVERYBODY_INSIDE: Permissions = frozenset({"see_network"})
READS_DIRECTORY: Permissions = frozenset({"see_directory", "export_directory", "see_objectives"})
SEES_FIGURES: Permissions = frozenset({"see_figures"})

ANIMATOR: Permissions = (
    EVERYBODY_INSIDE
    | READS_DIRECTORY
    | SEES_FIGURES
    | frozenset(
        {
            "see_private",
            "edit_organisations",
            "import_organisations",
            "see_members",
            "manage_members",
            "manage_roles",
            "record_decisions",
            "propose_objectives",
            "manage_conditions",
            "manage_competitors",
            "manage_territories",
            "manage_network",
            "write_pledge",
            "log_contacts",
            "see_tasks",
            "manage_mobilisation",
            "manage_needs",
            "manage_group",
            "read_group",
            "see_group_managers",
            "manage_staff",
            "keep_hours",
            "bill_members",
            "plan_work",
            "see_plan",
            "compose_jobs",
            "see_charter",
            "manage_charter",
            "run_surveys",
            "see_results",
            "see_staff_health",
            "hear_workers",
        }
    )
)

BY_NETWORK_ROLE: Mapping[str, Permissions] = {
    NetworkRoleKind.ANIMATOR: ANIMATOR,
    NetworkRoleKind.TREASURER: EVERYBODY_INSIDE
    | READS_DIRECTORY
    | SEES_FIGURES
    | {"read_group", "keep_hours", "bill_members"}
    | {"see_members", "see_tasks", "see_charter"},
    NetworkRoleKind.BOARD: EVERYBODY_INSIDE
    | READS_DIRECTORY
    | SEES_FIGURES
    | {"read_group", "see_group_managers"}
    | {
        "see_members",
        "see_plan",
        "see_tasks",
        "record_decisions",
        "see_results",
        "see_charter",
        "see_staff_health",
        "hear_workers",
        "hear_for_board",
    },
    NetworkRoleKind.ADVISER: EVERYBODY_INSIDE | READS_DIRECTORY | {"log_contacts"},
    NetworkRoleKind.TRAINER: EVERYBODY_INSIDE | READS_DIRECTORY | {"log_contacts"},
    NetworkRoleKind.FUNDER: EVERYBODY_INSIDE
    | SEES_FIGURES
    | {"see_objectives", "propose_objectives"},
}

# People of a firm that is listed but not a member look after their own record, and no more.
OWN_RECORD: Permissions = frozenset(
    {
        "answer_proposals",
        "edit_own_firm",
        "see_charter",
        "see_network",
        "see_own_firm",
        "see_own_group",
        "sign_charter",
        "sign_lending",
        "confirm_hours",
        "see_own_bills",
        "state_needs",
    }
)
# The firms that share workers: who comes, and help at a peak.
SHARED_WORK: Permissions = frozenset({"ask_help", "see_own_week"})
OWN_VOICE: Permissions = frozenset({"endorse_objectives", "propose_objectives"})

BY_TIER: Mapping[str, Permissions] = {
    Tier.CORE: READS_DIRECTORY | OWN_VOICE | SEES_FIGURES | {"see_members", "see_results"},
    Tier.PERIPHERY: READS_DIRECTORY | {"endorse_objectives"} | SEES_FIGURES | {"see_members"},
    Tier.OBSERVER: frozenset({"see_objectives", "see_directory"}),
}

# What a preset may give the members of a tier: never more than the closest ones have anywhere.
MEMBER_RIGHTS: Permissions = frozenset().union(*BY_TIER.values())

# Who speaks for a firm; the others only see that they belong to it.
SPEAKS_FOR_FIRM = frozenset({RoleKind.OWNER, RoleKind.CORRESPONDENT, RoleKind.ELECTED})


def of_network_role(kind: str) -> Permissions:
    """Return what a role in the network may do."""
    return BY_NETWORK_ROLE[kind]


def of_firm_role(kind: str, tier: str | None, rights: Permissions | None = None) -> Permissions:
    """Return what a person of a firm may do.

    `tier` is the firm's present one, None when it is listed only; `rights` replaces those of the
    tier where the preset of the network says otherwise.
    """
    if kind not in SPEAKS_FOR_FIRM:
        return frozenset({"see_network", "see_own_firm"})
    if tier is None:
        return OWN_RECORD
    return OWN_RECORD | SHARED_WORK | (BY_TIER[tier] if rights is None else rights)
