"""Plain data made into files that others accept, and those of others read: no table, no clock.

The tax office, the customers' platforms, the bank, the accountant and the payroll software each
have their format. Everything is checked here before it leaves.
"""
