"""Bringing organisations in from a spreadsheet, and taking them out again.

A file is received (`receiving`), its columns are recognised (`columns`), each of its rows is judged
against the register without touching it (`reading`), then applied by batches (`applying`), and
undone where nobody has touched the record since (`undoing`). Which organisations a network lists
is known on a higher floor, which gives it as a `door.Door`.
"""
