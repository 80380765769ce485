"""Screens, API, commands and jobs: opinions of an audience about several rooms."""
