"""The plan: slots of firms, who works in each, what was published, and what is done at a peak."""
