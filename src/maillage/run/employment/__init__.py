"""The people the group employs: their contracts, where each may be lent, when they are away."""
