"""The web area of the employer group."""
