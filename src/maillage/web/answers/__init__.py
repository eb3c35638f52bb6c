"""Where firms answer a survey, without an account."""
