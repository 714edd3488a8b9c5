"""The website that every tenant runs."""
