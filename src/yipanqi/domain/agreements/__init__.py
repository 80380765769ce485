"""Special terms, agreements and commitments of both sides."""
