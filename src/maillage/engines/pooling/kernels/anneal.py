"""Simulated annealing over a catalogue of jobs.

One move: take a need left alone, one of the jobs it could be in, put that job in and throw out
the jobs it collides with. Needs thrown out are left alone in turn, and look for a place at the
next moves. In this form a step costs tens of nanoseconds, so that hundreds of millions fit in a
minute: on these problems, where nearly every job has a reduced cost of zero, that beats an
integer program guided by prices.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from maillage.engines.kernel.kernels.chance import below, fraction

STEPS_PER_TEMPERATURE = 1024


class Catalogue(NamedTuple):
    """Jobs to choose among: `jobs[c]` its needs padded with -1, `weights[c]` its worth.

    The jobs that hold need i are `jobs_of[starts[i]:starts[i + 1]]`.
    """

    jobs: np.ndarray
    weights: np.ndarray
    starts: np.ndarray
    jobs_of: np.ndarray


class _State(NamedTuple):
    owner: np.ndarray  # job that serves each need, or -1
    alone: np.ndarray  # needs left alone, in any order
    place: np.ndarray  # where each need is in `alone`, or -1
    size: np.ndarray  # how many are alone (one cell)


@njit(cache=True)
def index_jobs(jobs, size):
    """Return (starts, jobs_of): which jobs hold each of `size` needs."""
    starts = np.zeros(size + 1, np.int64)
    for c in range(len(jobs)):
        for item in jobs[c]:
            if item >= 0:
                starts[item + 1] += 1
    for i in range(size):
        starts[i + 1] += starts[i]
    jobs_of = np.empty(starts[size], np.int32)
    filled = starts[:size].copy()
    for c in range(len(jobs)):
        for item in jobs[c]:
            if item >= 0:
                jobs_of[filled[item]] = c
                filled[item] += 1
    return starts, jobs_of


@njit(cache=True)
def _new_state(catalogue, owner):
    size = len(owner)
    state = _State(
        owner.copy(), np.empty(size, np.int32), np.full(size, -1, np.int32), np.zeros(1, np.int64)
    )
    for i in range(size):
        if owner[i] < 0 and catalogue.starts[i + 1] > catalogue.starts[i]:
            _leave_alone(state, i)
    return state


@njit(cache=True)
def _leave_alone(state, item):
    state.owner[item] = -1
    state.place[item] = state.size[0]
    state.alone[state.size[0]] = item
    state.size[0] += 1


@njit(cache=True)
def _serve(state, item, job):
    state.owner[item] = job
    state.size[0] -= 1
    last = state.alone[state.size[0]]
    state.alone[state.place[item]] = last
    state.place[last] = state.place[item]
    state.place[item] = -1


@njit(cache=True)
def _collisions(catalogue, state, job, most, thrown):
    """List in `thrown` the jobs that `job` collides with; return (how many, their worth).

    Stops early, with -1, once they are worth more than `most`.
    """
    count = 0
    worth = 0
    for item in catalogue.jobs[job]:
        if item < 0:
            break
        owner = state.owner[item]
        if owner < 0:
            continue
        known = False
        for k in range(count):
            known = known or thrown[k] == owner
        if not known:
            thrown[count] = owner
            count += 1
            worth += catalogue.weights[owner]
            if worth > most:
                return -1, worth
    return count, worth


@njit(cache=True)
def _swap(catalogue, state, job, thrown, count):
    for k in range(count):
        for item in catalogue.jobs[thrown[k]]:
            if item < 0:
                break
            _leave_alone(state, item)
    for item in catalogue.jobs[job]:
        if item < 0:
            break
        _serve(state, item, job)


@njit(cache=True)
def worth_of(catalogue, owner):
    """Sum of the weights of the jobs in `owner`."""
    worth = 0
    for i in range(len(owner)):
        if owner[i] >= 0 and catalogue.jobs[owner[i], 0] == i:  # once per job
            worth += catalogue.weights[owner[i]]
    return worth


@njit(cache=True)
def anneal(catalogue, owner, best_owner, steps, hot, cold, random):
    """Run `steps` moves while the temperature falls from `hot` to `cold` (geometrically).

    `owner[i]` is the job that serves need i, or -1; it is moved on in place, and `best_owner`
    becomes the best met on the way, if better than it was. Returns the worth of `best_owner`.
    The first need of a job stands for it, so the jobs' first columns must be set.
    """
    state = _new_state(catalogue, owner)
    worth = worth_of(catalogue, owner)
    best = worth_of(catalogue, best_owner)
    thrown = np.empty(catalogue.jobs.shape[1], np.int64)
    temperature = hot
    cooling = (cold / hot) ** (1.0 / max(1, steps // STEPS_PER_TEMPERATURE))
    for step in range(steps):
        if step % STEPS_PER_TEMPERATURE == 0 and step > 0:
            temperature *= cooling
        if state.size[0] == 0:
            break
        item = state.alone[below(random, state.size[0])]
        choices = catalogue.starts[item + 1] - catalogue.starts[item]
        job = catalogue.jobs_of[catalogue.starts[item] + below(random, choices)]
        most = catalogue.weights[job] - temperature * np.log(fraction(random))
        count, lost = _collisions(catalogue, state, job, most, thrown)
        if count < 0:
            continue
        _swap(catalogue, state, job, thrown, count)
        worth += catalogue.weights[job] - lost
        if worth > best:
            best = worth
            best_owner[:] = state.owner
    owner[:] = state.owner
    return best
