"""What the public sees: home, public directory, help."""
