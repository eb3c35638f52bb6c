"""From the answers of firms to the permanent jobs they can create together."""
