"""Settings of the product; the only floor, with the command line, that may import everything."""
