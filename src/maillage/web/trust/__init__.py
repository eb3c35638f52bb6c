"""Who sees what: levels, competitors, consents, pledge, who read our data."""
