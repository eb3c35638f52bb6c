"""Answers already collected in a spreadsheet, brought into a survey, and taken out again.

A file is received (`writing`), its columns are recognised (`columns`), each row is judged without
touching the survey (`judging`, `values`), then all are applied at once, or undone.
"""
