"""A running platform on this machine alone: embedded PostgreSQL, mails in files, demo secrets."""

from portal.settings import env
from portal.settings.base import *  # noqa: F403  (settings modules extend each other)
from portal.settings.base import INSTALLED_APPS, LOGGING, VAR

INSTALLED_APPS = [*INSTALLED_APPS, "portal.demo"]
DEBUG = env.flag("DEBUG", default=False)
STYLEGUIDE = DEBUG
SECRET_KEY = env.text("SECRET_KEY", "demo-only-" + "not-a-secret-" * 4)
FIELD_KEYS = env.listing("FIELD_KEYS", "ZGVtby1vbmx5LWZpZWxkLWtleS1ub3QtYS1zZWNyZXQ=")
DIGEST_KEY = env.text("DIGEST_KEY", "demo-only-digest-key")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", ".localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS: list[str] = []
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(VAR / "mail")

# The demo serves static files straight from the packages: no collecting, no waiting.
WHITENOISE_USE_FINDERS = True

_url = env.text("DATABASE_URL", "")
if not _url:
    from tenants.embedded import start

    _url = start(VAR / "postgres")
DATABASES = {"default": env.database(_url)}
# The web server keeps connections: opening one costs more than most pages. Commands and the builder, which
# forks, open their own.
if _pool := env.number("DATABASE_POOL", 0):
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": _pool, "max_lifetime": 600}}

# The terminal belongs to the addresses and sign-ins; what goes wrong is still said.
LOGGING["root"]["level"] = env.text("LOG_LEVEL", "WARNING")
