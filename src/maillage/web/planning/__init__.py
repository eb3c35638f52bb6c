"""The plan of the weeks: who is where, who could go, what was published."""
