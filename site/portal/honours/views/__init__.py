"""Pages of volunteers, of the public, of organisations, and of officers in the Wagtail admin."""
