"""Registration, sign-up and the desk."""
