"""What a change costs, so that the cheapest can be told: one table, in shares of what gives way.

| change | cost | why |
| --- | --- | --- |
| farther | extra metres / distance allowed | every trip is longer by that share |
| fewer or more hours | half-hours changed / hours of the need | the firm gives up that share |
| one more employer | 1 / employers allowed | the week is cut into one more piece |
| two occupations related | 0.5 | somebody with both trades must be found, or trained |
| two competitors together | 1.0 | trust is the dearest: only when nothing else serves |

Limits: at most twice the distance, twice the hours of the need or half of them. Beyond, it is
not a change any more but another question.
"""

from typing import Final

OCCUPATION_COST: Final = 0.5
COMPETITOR_COST: Final = 1.0
MOST_TIMES_DISTANCE: Final = 2
MOST_HOURS_UP: Final = 1.0
MOST_HOURS_DOWN: Final = 0.5

# How far the search of a change goes: so many partners, the nearest first, ...
NEAREST_AT_ONCE: Final = 32  # of those that no rule keeps apart from the need
NEAREST_TOO_FAR: Final = 16  # of those that only the distance does, and so on
NEAREST_OTHER_OCCUPATION: Final = 12
NEAREST_COMPETITORS: Final = 8
# ... and so many sets: at most for one need, in all, and at least for one once that is spent.
SETS_PER_CHANGE: Final = (20_000, 60_000_000, 500)

# Reasons look at all the neighbours of a need in the compatibility graph; so many sets likewise.
SETS_PER_REASON: Final = (200_000, 60_000_000, 2_000)
JOBS_COUNTED: Final = 100  # beyond, "more than that" says enough
