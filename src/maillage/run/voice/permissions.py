"""Who hears the workers, and in what quality."""

from maillage.foundation.networks.acting import Acting
from maillage.run.voice.enums import Reader


def quality_of(acting: Acting) -> Reader | None:
    """Return in what quality somebody who signed in reads the workers, None for nobody's ear."""
    if acting.can("hear_for_board"):
        return Reader.BOARD
    return Reader.ANIMATOR if acting.can("hear_workers") else None
