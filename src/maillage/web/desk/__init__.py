"""The desk: what needs somebody today."""
