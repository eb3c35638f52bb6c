"""Hours of the month: who keeps them, firms that confirm, what is closed and put right."""
