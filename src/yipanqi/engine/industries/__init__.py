"""The industry of an enterprise, told from its name and scope, or withheld."""
