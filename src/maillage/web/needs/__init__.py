"""The web area `needs`: what firms lack and what they have to give."""
