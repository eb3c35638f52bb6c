"""The few strong pieces that every kind of cooperation is built from."""
