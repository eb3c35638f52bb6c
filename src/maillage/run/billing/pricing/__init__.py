"""What hours cost a firm: plain computation, in decimals, without any table nor clock.

| module | holds |
| --- | --- |
| `terms` | the price that a board decided, from a day on |
| `hours` | the hours to price, and what they are cut into: plain, night, Sunday, overtime… |
| `lines` | hours priced: each line is wages, contributions and the rest |
| `costs` | costs shared exactly between members, and the end of the year put right |
"""
