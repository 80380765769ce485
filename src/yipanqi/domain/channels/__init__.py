"""Ambassadors, chambers, alliances and think tanks."""
