"""Pages that follow each firm towards taking part, and a firm's own page of what is kept."""
