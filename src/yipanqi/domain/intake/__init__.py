"""Import batches with preview and undo."""
