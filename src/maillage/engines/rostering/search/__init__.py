"""Searching for rosters.

| module | holds |
| --- | --- |
| `solve`, `result` | the entry, and what it returns |
| `tables`, `kernels` | the compiled model as arrays, and the loops over them |
| `boards` | a plan during the search: greedy filling, annealing |
| `walking` | turns of annealing, for any question |
| `trails`, `master`, `rebuilding`, `weaving` | column generation, for one slot a day at most |
| `tasks` | what goes to other processes |
"""
