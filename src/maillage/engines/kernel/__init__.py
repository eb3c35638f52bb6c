"""What every engine shares: statuses, stop rules, errors, progress and executors."""
