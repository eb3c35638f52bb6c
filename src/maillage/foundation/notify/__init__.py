"""What reaches people, and how often: messages, notifications, contact pressure."""
