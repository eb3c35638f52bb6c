"""What people see: one folder per area, and what they share in `ui`."""
