"""One rule of a shared job per module."""
