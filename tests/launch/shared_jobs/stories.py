"""A workshop for the tests: needs that make one job, searched and found."""

from maillage.foundation.organisations.models import Organisation
from maillage.launch.needs.models import Need
from maillage.launch.shared_jobs.bridge import search
from maillage.launch.shared_jobs.composing import Wanted, compose, keep_answer
from maillage.launch.shared_jobs.keeping import free_survey, request_of
from maillage.launch.shared_jobs.models import Composition, JobProposal, JobShare
from tests.cast import Cast, acting
from tests.launch.needs.stories import stated

HALF_DAYS = (34,) * 12  # 17 hours a week, all year: two of them make a job
WANTED = Wanted(max_distance_metres=60_000, seconds=5)


def need_of(cast: Cast, firm: Organisation, occupation: str = "D1106") -> Need:
    """State that a firm needs a shop assistant, or somebody of another occupation."""
    return stated(cast, firm, half_hours=HALF_DAYS, occupation=occupation, state="expressed")


def searched(cast: Cast, wanted: Wanted = WANTED) -> Composition:
    """Search jobs as Alice, here and now: no process is started for it.

    The scope of the network is open.
    """
    made = compose(acting=acting(cast.alice, cast.network), wanted=wanted)
    first = len(made.asked["locked"]) + 1
    answer = search(_unheard, free_survey(made), request_of(made), first, made.made_at)
    keep_answer(made, answer)
    made.refresh_from_db()
    return made


def _unheard(_found: object) -> None:
    """Nobody listens to how far it is."""


def one_job(cast: Cast) -> JobProposal:
    """Have the bakery and the garage make one job together."""
    need_of(cast, cast.bakery)
    need_of(cast, cast.garage)
    return searched(cast).jobs.get()


def share_of(job: JobProposal, firm: Organisation) -> JobShare:
    """Return the part of a firm in a job."""
    return JobShare.objects.select_related("organisation", "need", "job__composition__network").get(
        job=job, organisation=firm
    )
