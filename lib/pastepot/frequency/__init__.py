"""Counting words, and comparing counts."""
