"""Searching for rosters.

| module | holds |
| --- | --- |
| `solve`, `result` | the entry, and what it returns |
| `tables`, `kernels` | the compiled model as arrays, and the loops over them |
| `boards` | a plan during the search: greedy filling, annealing |
| `walking` | turns of annealing, for any question |
| `trails`, `looking` | lines of one worker, for one slot a day at most |
| `master`, `rebuilding`, `weaving` | column generation with these lines |
| `windows`, `sweeping` | the same on a few days at a time, over a long horizon |
| `tasks` | what goes to other processes |
"""
