"""Verbs on what is sought."""
