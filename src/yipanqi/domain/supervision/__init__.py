"""The four rhythms, lights, orders and look-back."""
