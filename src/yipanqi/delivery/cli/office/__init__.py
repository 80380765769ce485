"""Commands that need the database."""
