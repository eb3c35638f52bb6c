"""Who did what, when, and who read what: append-only lines that hold ids."""
