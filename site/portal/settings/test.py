"""Settings of the test suite: embedded PostgreSQL without durability, fast password hashes."""

from portal.settings import env
from portal.settings.base import *  # noqa: F403  (settings modules extend each other)
from portal.settings.base import INSTALLED_APPS, VAR

INSTALLED_APPS = [*INSTALLED_APPS, "portal.demo"]
SECRET_KEY = "test-only"
FIELD_KEYS = ["dGVzdC1vbmx5LWZpZWxkLWtleS1ub3QtYS1zZWNyZXQ="]
DIGEST_KEY = "test-only-digest-key"
STYLEGUIDE = True
ALLOWED_HOSTS = [".localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = str(VAR / "test-media")
STATIC_ROOT = str(VAR / "test-static")
CERTIFICATE_ROOT = str(VAR / "test-private")

_url = env.text("TEST_DATABASE_URL", "")
if not _url:
    from tenants.embedded import start

    _url = start(VAR / "postgres-test", durable=False)
DATABASES = {"default": env.database(_url, name="TEST_DATABASE_URL")}
# Static files straight from the sources, for the browser's sake.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
