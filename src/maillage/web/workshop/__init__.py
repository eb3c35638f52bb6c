"""The workshop: searching the jobs firms can share, proposing them, answering."""
