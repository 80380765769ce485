"""Full-text search of a registry: names, scopes, addresses and pinyin initials."""
