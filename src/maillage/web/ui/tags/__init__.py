"""How each family of components is drawn; `templatetags.ui` gives them their names."""
