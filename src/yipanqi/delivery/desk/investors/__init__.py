"""Screens of the investors' library."""
