"""Refusals of imports: the text of each is a sentence for people."""


class ImportRefusedError(Exception):
    """Raised when a file cannot be received, applied or undone."""
