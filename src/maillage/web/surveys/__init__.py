"""The pages of surveys, for the animator."""
