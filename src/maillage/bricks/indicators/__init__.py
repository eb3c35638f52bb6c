"""Named figures: each with its formula, its history, its threshold, and what to do past it."""
