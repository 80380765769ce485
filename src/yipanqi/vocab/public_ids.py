"""Random public ids for addresses: they say nothing and cannot be guessed or counted."""

import secrets

# No vowels and no look-alikes: an id read over the phone stays the same id.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 12


def new() -> str:
    """A fresh id of 12 characters, about 57 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
