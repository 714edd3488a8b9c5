"""Refuses settings under which one tenant could see another."""
