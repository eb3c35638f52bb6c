"""Tables and documents that come in and go out."""
