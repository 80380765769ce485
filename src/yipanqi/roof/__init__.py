"""Settings, addresses, subscriptions and schedule: sees everything."""
