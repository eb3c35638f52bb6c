"""The template tags of the interface; `ui` is loaded in every template."""
