"""Green-channel matters, clocks and element requests."""
