"""The only door from the plan to the rostering engine.

| module | holds |
| --- | --- |
| `packs` | the rules in force: the law, and what agreements and authorisations change |
| `instances` | what was read, as a question of the engine |
| `judging` | what one worker's plan breaks, by the checks of the engine |
| `repairs` | who could take a slot that lacks somebody, and why others could not |
| `rosters` | a roster file asked for on the command line, in the words of its reports |
| `searching` | a plan of some weeks, searched in the background |
"""
