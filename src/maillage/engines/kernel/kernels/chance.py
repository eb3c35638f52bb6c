"""Random numbers inside kernels: xorshift64, whose whole state is one array cell.

Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8(14), 2003. A kernel that is given
the same state draws the same numbers on any machine.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

_INVERSE = 1.0 / (1 << 53)


@njit(cache=True)
def draw(random):
    """Return the next 64 random bits and move the state on."""
    state = random[0]
    state ^= state << np.uint64(13)
    state ^= state >> np.uint64(7)
    state ^= state << np.uint64(17)
    random[0] = state
    return state


@njit(cache=True)
def below(random, limit):
    """Return a whole number from 0 to limit - 1."""
    return np.int64((draw(random) >> np.uint64(11)) % np.uint64(limit))


@njit(cache=True)
def fraction(random):
    """Return a number above 0 and at most 1."""
    return ((draw(random) >> np.uint64(11)) + np.uint64(1)) * _INVERSE


def random_state(*seeds: int) -> NDArray[np.uint64]:
    """Return a fresh state from any whole numbers; the same numbers give the same state."""
    sequence = np.random.SeedSequence([seed & 0xFFFFFFFF for seed in seeds])
    return np.maximum(sequence.generate_state(1, np.uint64), np.uint64(1))
