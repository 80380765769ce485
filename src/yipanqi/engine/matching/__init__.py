"""Names from outside found in the registry: candidates, how sure, and why."""
