"""What firms need, brought in from a spreadsheet, and taken out again.

A file is received (`writing`), its columns are recognised (`columns`), each row is judged without
touching the plan (`judging`), then all are entered at once, or undone.
"""
