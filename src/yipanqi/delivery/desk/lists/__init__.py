"""Taking a list away as it is shown."""
