"""Maillage runs cooperation networks of small firms."""

__version__ = "0.1.0"
