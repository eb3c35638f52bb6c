"""A versioned text in clauses, signed by organisations."""
