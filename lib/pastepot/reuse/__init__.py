"""Passages that occur more than once: how they are found, and the tables of them."""
