"""What has no business of its own and serves every floor above."""
