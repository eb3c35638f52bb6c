"""What people do about who sees what; each function is one whole act."""
