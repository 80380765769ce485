"""Chains, links and who supplies whom."""
