"""Format readers: one a file, each from bytes to records and problems."""
