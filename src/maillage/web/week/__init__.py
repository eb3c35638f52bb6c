"""The week of a firm that shares workers."""
