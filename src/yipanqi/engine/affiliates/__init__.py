"""What groups already in a city do elsewhere and not yet here (以商招商)."""
