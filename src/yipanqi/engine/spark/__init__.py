"""The engine's heavy tables made on a Spark cluster, by the same expressions as on DuckDB."""
