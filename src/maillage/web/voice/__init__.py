"""The voice of the workers: their own pages by link, and those of the board that hears them."""
