"""The employer group itself: its kind, its papers, its clock, its members’ liability."""
