"""The web area `charter`: what members commit to, and who signed it."""
