"""Budgets, business activities and receptions."""
