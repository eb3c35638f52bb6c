"""Typed, dated links between organisations."""
