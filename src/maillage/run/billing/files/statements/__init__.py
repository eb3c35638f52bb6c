"""Bank statements as they are read, whatever the file: camt.053 or CSV."""
