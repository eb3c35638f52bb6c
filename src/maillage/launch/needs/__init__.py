"""Needs and offers of firms, from what is felt to what is served."""
