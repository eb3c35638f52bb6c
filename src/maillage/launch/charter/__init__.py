"""The charter of a network: drafted, signed, and some of its clauses held by the software."""
