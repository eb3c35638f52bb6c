"""What can be done to the register, one function per business act.

Each takes what it changes, `actor_id` (the public id of whoever acts) and the `network_id` (public
id) it is done from, writes its line in the trail and raises an error whose text is a sentence.
"""

from maillage.foundation.organisations.actions.records import (
    change_organisation,
    close_organisation,
    create_organisation,
    reopen_organisation,
)
from maillage.foundation.organisations.actions.roles import (
    add_role,
    change_role,
    end_role,
    resume_role,
)
from maillage.foundation.organisations.actions.sites import (
    add_site,
    change_site,
    close_site,
    make_main_site,
    move_site,
    reopen_site,
)
from maillage.foundation.organisations.actions.state_of_play import note_readiness, set_coverage
from maillage.foundation.organisations.actions.territories import (
    change_territory,
    create_territory,
    remove_territory,
)

__all__ = [
    "add_role",
    "add_site",
    "change_organisation",
    "change_role",
    "change_site",
    "change_territory",
    "close_organisation",
    "close_site",
    "create_organisation",
    "create_territory",
    "end_role",
    "make_main_site",
    "move_site",
    "note_readiness",
    "remove_territory",
    "reopen_organisation",
    "reopen_site",
    "resume_role",
    "set_coverage",
]
