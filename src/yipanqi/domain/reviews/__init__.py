"""Reviews of any matter, by subject: admission (准入评审), later fair competition and legality."""
