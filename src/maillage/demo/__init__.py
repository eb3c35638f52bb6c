"""The demonstration territory: an invented survey in real communes of the Loir-et-Cher."""
