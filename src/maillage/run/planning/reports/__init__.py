"""The same roster for the eyes, for a program and for paper."""
