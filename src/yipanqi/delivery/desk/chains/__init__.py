"""Screens of the chains: what the city has, what it lacks, whom to seek."""
