"""What is true whoever asks: rooms by subject."""
