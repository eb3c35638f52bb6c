"""Surveys: who is asked, through which channel, in which wave, and what came of it."""
