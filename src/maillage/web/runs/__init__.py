"""The progress of background work, and stopping it."""
