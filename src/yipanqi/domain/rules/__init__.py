"""Which sheet is in force on which day."""
