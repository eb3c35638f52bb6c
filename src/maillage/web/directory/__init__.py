"""Organisations of a network: list, page, form, map, territories, links, export."""
