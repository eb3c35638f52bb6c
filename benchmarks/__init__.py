"""Measures of the engines: each script prints a table with its bound."""
