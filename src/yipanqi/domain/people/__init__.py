"""Units, officers, posts and what each may see."""
