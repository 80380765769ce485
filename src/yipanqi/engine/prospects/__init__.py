"""What the registry lets one expect of an enterprise worth seeking: its steps so far, its size."""
