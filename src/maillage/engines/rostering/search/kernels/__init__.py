"""Inner loops of the search, compiled by numba: plain functions on arrays, no objects.

Shared arguments, everywhere the same:

- `t`: the compiled instance as arrays (`tables.Tables`);
- `line, size`: columns of a worker's slots in order, jobs elsewhere left out, and how many;
- `room`: scratch arrays (`tables.Room`), dirtied freely.
"""
