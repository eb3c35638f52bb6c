"""What rules have in common: what a rule is (`rule`), and one module for each family of them.

| module | family |
| --- | --- |
| `slots` | judged in one slot |
| `pairs` | judged on two slots |
| `totals` | totals of minutes or slots over days, weeks, the horizon |
| `streaks` | days worked or free in a row |
| `groups` | firms, weekends, firms of a day |
| `changes` | what differs from the published plan |
| `fairness` | hard times shared evenly |
"""
