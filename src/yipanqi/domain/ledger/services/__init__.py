"""What changes the ledger: recording, sealing, relaying."""
