"""How days and numbers are written where the language alone does not settle it."""
