"""How often the groups a list names really came: labels, rules, models and their measures."""
