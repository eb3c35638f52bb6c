"""Which needs hang together, through edges or through jobs."""

import numpy as np
from numba import njit


@njit(cache=True)
def _root(parent, item):
    while parent[item] != item:
        parent[item] = parent[parent[item]]
        item = parent[item]
    return item


@njit(cache=True)
def _numbered(parent):
    labels = np.empty(len(parent), np.int64)
    number = np.full(len(parent), -1, np.int64)
    count = 0
    for item in range(len(parent)):
        root = _root(parent, item)
        if number[root] < 0:
            number[root] = count
            count += 1
        labels[item] = number[root]
    return labels


@njit(cache=True)
def labels_by_edges(starts, neighbours):
    """Number the connected components; return that of each need."""
    parent = np.arange(len(starts) - 1)
    for item in range(len(parent)):
        for e in range(starts[item], starts[item + 1]):
            parent[_root(parent, neighbours[e])] = _root(parent, item)
    return _numbered(parent)


@njit(cache=True)
def labels_by_jobs(jobs, size):
    """Number the sets of needs that some chain of jobs joins; return that of each need."""
    parent = np.arange(size)
    for c in range(len(jobs)):
        for item in jobs[c]:
            if item >= 0:
                parent[_root(parent, item)] = _root(parent, jobs[c, 0])
    return _numbered(parent)
