"""Who may see what of a firm: levels, competitors, consents, pledges, protected figures."""
