"""What a piece of work holds while it is done in the background."""

from collections.abc import Callable
from typing import Any

from django.db.models.functions import Now

from maillage.foundation.jobs.children import run_in_child
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.pulse import Pulse, RunTaken, held
from maillage.foundation.jobs.words import Words, kept


class RunHandle:
    """Says where the work is, and ends it when somebody cancels it.

    Every call but `best` is a checkpoint: it raises `RunCancelled` when the run was cancelled, and
    another `RunStopped` when the server stops or when the run was given up for lost. Let them pass:
    whatever is not saved is rolled back. Keep transactions short: while one is open on SQLite,
    nobody else can write, and neither progress nor Cancel gets through.
    """

    def __init__(self, run: Run, pulse: Pulse) -> None:
        self.run_id = run.public_id
        self.owner_id = run.owner_id
        self.network_id = run.network_id
        self._run = run
        self._pulse = pulse

    def progress(self, done: int, total: int | None = None, message: Words = "") -> None:
        """Say that `done` of `total` is done, and what is being done now. Cheap: call it often."""
        fields: dict[str, Any] = {"done": done}
        if total is not None:
            fields["total"] = total
        if message:
            fields["message_words"] = kept(message)
        self._pulse.tell(**fields)
        self.cancelled()

    def best(self, words: Words) -> None:
        """Say what the best result so far is."""
        self._pulse.tell(best_words=kept(words))

    def cancelled(self) -> None:
        """Raise `RunCancelled` when the run was cancelled; return quietly otherwise."""
        self._pulse.check()

    def hold(self) -> None:
        """Make sure, inside the transaction that saves the work, that it is still ours to save.

        The row of the run stays locked until the transaction ends, so that nobody can give it up
        for lost meanwhile. Raises `RunTaken` when somebody already did.
        """
        if not held(self._run).update(heartbeat_at=Now()):
            raise RunTaken

    def in_child[R](
        self,
        function: Callable[..., R],
        /,
        *arguments: Any,
        on_report: Callable[[Any], None] | None = None,
    ) -> R:
        """Return `function(report, *arguments)`, computed in a process of its own.

        For long calculations: Cancel ends the process at once, wherever it is. The function must
        be importable and leave the database alone; whatever it gives to `report`
        (anything that can be pickled) is handed to `on_report` here. Raises what the function
        raised, or `ChildDiedError` when its process was killed.
        """
        return run_in_child(function, arguments, on_report=on_report, checkpoint=self.cancelled)
