"""A worker’s own pages, opened by a link without an account."""
