"""Production: every secret and host from the environment, or no start."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from portal.settings import env
from portal.settings.base import *  # noqa: F403  (settings modules extend each other)
from portal.settings.base import ELASTICSEARCH_API_KEY, ELASTICSEARCH_CA, ELASTICSEARCH_URL, STORAGES

if env.flag("DEBUG"):
    raise ImproperlyConfigured("DEBUG must not be set in production.")
DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
FIELD_KEYS = env.listing("FIELD_KEYS")
DIGEST_KEY = env.text("DIGEST_KEY")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts; '*' lets any site borrow ours.")
if any(len(secret) < 32 for secret in (SECRET_KEY, DIGEST_KEY, *FIELD_KEYS)):
    raise ImproperlyConfigured("SECRET_KEY, DIGEST_KEY and each of FIELD_KEYS need at least 32 characters.")
if not all(url.startswith("https://") for url in ELASTICSEARCH_URL):
    raise ImproperlyConfigured("ELASTICSEARCH_URL must begin with https://.")
if ELASTICSEARCH_URL and not ELASTICSEARCH_API_KEY:
    raise ImproperlyConfigured(
        "Set ELASTICSEARCH_API_KEY: a cluster without security is open to anyone who reaches it."
    )
if ELASTICSEARCH_CA and not Path(ELASTICSEARCH_CA).is_file():
    raise ImproperlyConfigured(f"ELASTICSEARCH_CA names {ELASTICSEARCH_CA}, which is no file.")
WAGTAILADMIN_BASE_URL = env.text("PLATFORM_URL")

DATABASES = {
    "default": {
        **env.database(env.text("DATABASE_URL")),
        # Behind PgBouncer in transaction mode, see docs/operations.md.
        "DISABLE_SERVER_SIDE_CURSORS": env.flag("PGBOUNCER"),
        # A short life keeps the catalogue caches of many tenants from piling up in one server process.
        "OPTIONS": {"pool": {"min_size": 1, "max_size": env.number("DATABASE_POOL", 8), "max_lifetime": 600}},
    }
}
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 465)
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", default=True)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL")

STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR", default=True)
# How many proxies of ours stand in front: only what they wrote of the visitor's address is believed.
AXES_IPWARE_PROXY_COUNT = env.number("PROXIES", 1)
AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"]

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
