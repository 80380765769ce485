"""Screens of leads and the rulings between them."""
