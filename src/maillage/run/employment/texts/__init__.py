"""The documents that are signed, in clauses: what each holds, in the language it is signed in."""
