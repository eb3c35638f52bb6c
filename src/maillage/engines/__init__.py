"""Pure computation: no Django, no network, no clock, no global state."""
