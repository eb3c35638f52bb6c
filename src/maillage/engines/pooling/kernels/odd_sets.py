"""Odd sets: cuts that a fractional answer breaks and no real one does.

Take an odd number of needs, 2k + 1. Jobs that hold two of them can be at most k, and a job
that holds four counts twice: sum over jobs of floor(|job & set| / 2) x job <= k. These are the
Chvatal-Gomory cuts of rank one with multipliers 1/2; with three needs, the subset-row cuts of
Jepsen, Petersen, Spoorendonk & Pisinger (Operations Research 56(2), 2008).
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from maillage.engines.kernel.kernels.chance import below, fraction

TOGGLES = 100
JITTER = 1e-4  # breaks ties between needs at random


class Fractional(NamedTuple):
    """A fractional answer: `values[c]` of each job, `slack[i]` what need i is short of 1.

    The jobs that hold need i are `jobs_of[starts[i]:starts[i + 1]]`; `items` are the needs
    that some fractional job holds.
    """

    values: np.ndarray
    slack: np.ndarray
    starts: np.ndarray
    jobs_of: np.ndarray
    items: np.ndarray


@njit(cache=True)
def _change(answer, odd, inside, item):
    """What toggling `item` adds to the slack of the set: see `separate`."""
    change = -answer.slack[item] if inside[item] else answer.slack[item]
    for e in range(answer.starts[item], answer.starts[item + 1]):
        job = answer.jobs_of[e]
        change += -answer.values[job] if odd[job] else answer.values[job]
    return change


@njit(cache=True)
def _toggle(answer, odd, inside, item):
    for e in range(answer.starts[item], answer.starts[item + 1]):
        odd[answer.jobs_of[e]] = not odd[answer.jobs_of[e]]
    inside[item] = not inside[item]


@njit(cache=True)
def _best_toggle(answer, odd, inside, size, largest, last, random):
    best_item = -1
    best_change = np.inf
    for item in answer.items:
        if item == last or (inside[item] and size == 1) or (not inside[item] and size == largest):
            continue
        change = _change(answer, odd, inside, item) + JITTER * fraction(random)
        if change < best_change:
            best_item, best_change = item, change
    return best_item


@njit(cache=True)
def _climb(answer, odd, inside, largest, random, kept):
    """Grow and change one set two needs at a time; write the best to `kept`, return its slack."""
    seed = answer.items[below(random, len(answer.items))]
    slack = _change(answer, odd, inside, seed)
    _toggle(answer, odd, inside, seed)
    size, last, best = 1, seed, 1.0
    for turn in range(TOGGLES):
        item = _best_toggle(answer, odd, inside, size, largest, last, random)
        if item < 0:
            break
        slack += _change(answer, odd, inside, item)
        _toggle(answer, odd, inside, item)
        size += 1 if inside[item] else -1
        last = item
        if turn % 2 == 1 and size > 1 and slack < best - 1e-6:
            best = slack
            kept[:] = inside
    return best


@njit(cache=True)
def separate(answer, tries, largest, random):
    """Look for broken odd sets from `tries` random needs; return (sets as rows, violations).

    A set is broken by (1 - slack) / 2, where its slack is the slack of its needs plus the
    values of the jobs that hold an odd number of them.
    """
    sets = np.zeros((tries, len(answer.slack)), np.bool_)
    violations = np.zeros(tries, np.float64)
    for k in range(tries):
        odd = np.zeros(len(answer.values), np.bool_)
        inside = np.zeros(len(answer.slack), np.bool_)
        violations[k] = (1.0 - _climb(answer, odd, inside, largest, random, sets[k])) / 2
    return sets, violations


@njit(cache=True)
def coefficients(jobs, members):
    """Return floor(|job & set| / 2) of each job, where `members[i]` tells if i is in the set."""
    out = np.zeros(len(jobs), np.int8)
    for c in range(len(jobs)):
        held = 0
        for item in jobs[c]:
            if item >= 0 and members[item]:
                held += 1
        out[c] = held // 2
    return out
