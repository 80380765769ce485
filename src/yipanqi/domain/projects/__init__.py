"""Investment projects: stages, gates, evidence and teams."""
