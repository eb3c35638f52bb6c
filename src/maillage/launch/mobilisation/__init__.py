"""How firms come to take part: where each stands, why it would, what holds it back."""
