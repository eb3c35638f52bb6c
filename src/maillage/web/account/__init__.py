"""My account: signing in, proofs of identity, sessions, roles, what I am told."""
