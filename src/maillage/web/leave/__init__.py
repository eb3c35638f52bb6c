"""Leave, absences and papers of the workers, for whoever runs the network."""
