"""Scoring sentences."""
