"""Every component with its name and a real example, for developers."""
