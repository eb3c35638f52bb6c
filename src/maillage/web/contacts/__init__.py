"""Contact pressure: who solicited which firm, and how often is enough."""
