"""Telling another system what the ledger recorded: Standard Webhooks 1.0.0, one way, signed."""
