"""Questions put to firms or people, in versions, and their answers."""
