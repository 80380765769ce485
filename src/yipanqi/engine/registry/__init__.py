"""Enterprise registrations: read from files, cleaned, freed of duplicates, published as Parquet."""
