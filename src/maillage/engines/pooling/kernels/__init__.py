"""Inner loops, compiled by numba: plain functions on arrays, no objects.

Shared arguments, everywhere the same:

- `hours[i, t]`: half-hours a week of need i in period t; `units[i]`: their sum;
- `starts, neighbours`: the compatibility graph in compressed rows, neighbours ascending;
- `limits`: what the contract asks, see `graph.Band.limits`;
- prices and profits: whole numbers, in units x `PRICE_SCALE`, so that sums are exact.
"""
