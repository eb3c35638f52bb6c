"""Invoices: what is to be billed, what was, and what each firm owes."""
