"""Fair-competition and legality reviews."""
