"""What happened, hash-chained, sealed and checked."""
