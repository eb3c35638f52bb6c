"""Writing the questionnaires of a network."""
