"""Policy documents, clauses, matches and grants."""
