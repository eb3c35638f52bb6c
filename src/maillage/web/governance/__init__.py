"""A network governs itself: members, roles, objectives, decisions, start conditions."""
