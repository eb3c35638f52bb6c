"""Firms and other bodies: the register, their sites, people, territories and imports."""
