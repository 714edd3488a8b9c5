"""Certificates: facts become a numbered, verifiable PDF."""
