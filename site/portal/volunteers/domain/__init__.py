"""Verbs on volunteers, sign-ups and service records; import them from their modules."""
