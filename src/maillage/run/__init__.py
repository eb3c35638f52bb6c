"""Run: who does what, when, at what price?"""
