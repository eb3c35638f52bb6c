"""What the payroll of a month needs, per worker and place, in the columns of its software."""
