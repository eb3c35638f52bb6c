"""Who works where and when: rosters, what they break and cost, their repairs and explanations."""
