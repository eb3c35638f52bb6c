"""Work done in the background: runs people can follow and stop, work that comes back by date."""
