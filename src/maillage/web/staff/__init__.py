"""The workers of the group for its animator, and those lent to a firm for its people."""
