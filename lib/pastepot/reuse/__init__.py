"""Finding passages that stand more than once."""
