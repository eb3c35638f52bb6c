"""The voice of the workers: delegates, colleagues who know each other, grievances, meetings."""
