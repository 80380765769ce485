"""Districts, parks and their focus (两主一特)."""
