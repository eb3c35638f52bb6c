"""The same result for the eyes, for a program, for a spreadsheet and for paper."""
