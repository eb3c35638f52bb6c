"""Bringing organisations in from a spreadsheet, and taking them out again."""
