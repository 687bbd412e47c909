"""All settings, from the environment; docs/deploy.md describes each. Nothing else configures us."""

import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import logs
from config.env import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Environment()

MODE = env.choice("STAGES_MODE", ("development", "production"), "development")
PRODUCTION = MODE == "production"
DEBUG = False  # error pages are ours in every mode; tracebacks go to the log

SECRET_KEY = env.text("STAGES_SECRET_KEY", None if PRODUCTION else "development-only-" + "x" * 40)
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("STAGES_SECRET_KEY must have at least 50 characters.")
SECRET_KEY_FALLBACKS = env.words("STAGES_FORMER_SECRET_KEYS", "")
ALLOWED_HOSTS = env.words("STAGES_HOSTS", None if PRODUCTION else "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []
# Where links in mails lead; pages need no such setting.
ADDRESS = env.text(
    "STAGES_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000"
).rstrip("/")
TIME_ZONE = "UTC"
USE_TZ = True

INSTALLED_APPS = [
    "config.apps.RoofConfig",
    "reports",
    "diagnostics",
    "clusters",
    "indicators",
    "activity",
    "accounts",
    "countries",
    "config.admin.ReadOnlyAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "config.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.OwnLanguage",
    "config.health.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.Visits",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.keep_nothing_on_shared_computers",
    "config.middleware.refuse_null_characters",
    "config.middleware.say_what_is_unchanged",
    "config.middleware.Refusals",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.sessions.in_templates",
                "activity.notices.in_templates",
                "accounts.languages.in_templates",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def database(url: str) -> dict[str, object]:
    """Django's entry for a postgresql:// address."""
    parts = urlsplit(url)
    try:
        port = parts.port
        fits = parts.scheme in ("postgresql", "postgres") and parts.path.strip("/")
    except ValueError:
        fits = False
    if not fits:
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10},
    }


# Outside production manage.py sets both to the embedded servers; a command that needs neither
# (score_sheet, check_instrument) never opens the addresses below.
DATABASES = {
    "default": database(
        env.text("DATABASE_URL", None if PRODUCTION else "postgresql://nobody@127.0.0.1:1/none")
    )
}
REDIS_URL = env.text("REDIS_URL", None if PRODUCTION else "redis://127.0.0.1:1/0")
CACHES = {
    # Throttling counts over all processes and never waits for Redis.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis is a doorbell only: never wait long for it, keep no results in it.
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 3,
    "socket_connect_timeout": 1,
    "max_retries": 0,
    "retry_policy": {"max_retries": 0},
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False  # the Job row, not the broker, brings back what a killed worker held
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "config.beat.Scheduler"
CELERY_BEAT_SCHEDULE = {
    "look after jobs": {"task": "activity.tasks.look_after_jobs", "schedule": 5.0},
    "send notices": {"task": "activity.tasks.send_notices", "schedule": 60.0},
    "send digests": {
        "task": "activity.tasks.send_digests",
        "schedule": crontab(hour="5", minute="0"),
    },
    "publish": {"task": "reports.tasks.publish_due", "schedule": crontab(minute="*/5")},
    "remind": {"task": "diagnostics.tasks.remind", "schedule": crontab(minute="*/15")},
    "clean up": {"task": "activity.tasks.clean_up", "schedule": crontab(hour="2", minute="30")},
}
JOB_LEASE_SECONDS = env.number("STAGES_JOB_LEASE_SECONDS", 60, least=2)
JOB_RING_AGAIN_SECONDS = env.number("STAGES_JOB_RING_AGAIN_SECONDS", 15)
RENDER_SECONDS = env.number("STAGES_RENDER_SECONDS", 60, least=1)  # of one document

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:signin"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:signin"

# django-allauth signs people in; accounts/adapters.py has our rules.
SECOND_FACTOR = env.choice(
    "STAGES_SECOND_FACTOR", ("required", "offered"), "required" if PRODUCTION else "offered"
)
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = env.text("STAGES_CLIENT_ADDRESS_HEADER", "") or None
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation has reached its address already
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # the next person may sign in without signing out
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE, whether or not the browser is closed
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_RATE_LIMITS = {  # a whole ministry may come from one address
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "10/m/ip",
}
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Stages"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
OIDC_ISSUER = env.text("STAGES_OIDC_ISSUER", "").rstrip("/")
OIDC_NAME = env.text("STAGES_OIDC_NAME", "OpenID Connect")
SOCIALACCOUNT_ADAPTER = "accounts.openid.OpenIDAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may lead to our own site only, so it is a link
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "openid",
                "name": OIDC_NAME,
                "client_id": env.text("STAGES_OIDC_CLIENT_ID", None if OIDC_ISSUER else ""),
                "secret": env.text("STAGES_OIDC_CLIENT_SECRET", None if OIDC_ISSUER else ""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ],
    }
}

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = env.text("STAGES_EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("STAGES_EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("STAGES_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("STAGES_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.switch("STAGES_EMAIL_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("STAGES_EMAIL_FROM", "stages@localhost")
EMAIL_SUBJECT_PREFIX = "[Stages] "
ADMINS = [("", address) for address in env.words("STAGES_ADMINS", "")]  # who gets error mail

LANGUAGE_CODE = "en"
# Those whose texts are whole; docs/translation.md.
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ru", "Русский"), ("vi", "Tiếng Việt")]
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static" if PRODUCTION else None  # elsewhere served where they lie
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = Path(env.text("STAGES_MEDIA_DIR", str(VAR_DIR / "media")))  # never served by address
EVIDENCE_BYTES = env.number("STAGES_EVIDENCE_MB", 20, least=1) * 2**20
DATASET_BYTES = env.number("STAGES_DATASET_MB", 500, least=1) * 2**20
CLAMD = env.text("STAGES_CLAMD", "")  # tcp://host:3310; empty means that files are not scanned

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = env.number("STAGES_SESSION_HOURS", 12, least=1) * 3600
SESSION_SAVE_EVERY_REQUEST = False
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

API_CALLS_BY_TOKEN = env.number("STAGES_API_CALLS_BY_TOKEN", 600, least=1)  # in a minute
API_CALLS_ANONYMOUS = env.number("STAGES_API_CALLS_ANONYMOUS", 60, least=1)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.TokenSignIn", "accounts.api.SessionSignIn"],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.api.Pace"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.parsing.PlainJSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "config.parsing.ToldNegotiation",
    "DEFAULT_SCHEMA_CLASS": "activity.calls.CallSchema",
    "EXCEPTION_HANDLER": "config.errors.api_error",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Stages",
    "DESCRIPTION": "Check-sheets, rounds and stage reports.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    # Choices that several fields share, or share a name with others.
    "ENUM_NAME_OVERRIDES": {
        "AddresseeEnum": "diagnostics.models.library.Addressee",
        "AnswerStatusEnum": ["answered", "not_applicable"],
        "FirmRoleEnum": "clusters.models.Firm.ROLES",
        "MeasureStatusEnum": "diagnostics.models.plans.Status",
        "StudyStateEnum": "clusters.models.Study.State",
        "StudyValueStatusEnum": "clusters.models.Reading.Status",
    },
}

LOGGING = logs.configuration(production=PRODUCTION, mail=PRODUCTION and bool(ADMINS))

# What every snapshot, bundle and backup names: the release (its number stands in pyproject.toml
# alone) and, where the build says so, the commit: 0.1.0+3f2a91c.
RELEASE = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
CODE_VERSION = "+".join(filter(None, (RELEASE, env.text("STAGES_CODE_VERSION", ""))))
# What is kept about people for a while only, and what the page about it says besides.
KEEP_NOTICES_DAYS = env.number("STAGES_KEEP_NOTICES_DAYS", 365, least=1)
KEEP_OPENINGS_DAYS = env.number("STAGES_KEEP_OPENINGS_DAYS", 730, least=1)
KEEP_JOBS_DAYS = env.number("STAGES_KEEP_JOBS_DAYS", 365, least=1)
KEEP_RECORDS_DAYS = env.number("STAGES_KEEP_RECORDS_DAYS", 14, least=1)
PRIVACY_NOTICE = env.text("STAGES_PRIVACY_NOTICE", "")
PRIVACY_CONTACT = env.text("STAGES_PRIVACY_CONTACT", "")
MAP_DISCLAIMER = env.text("STAGES_MAP_DISCLAIMER", "")

env.refuse_unknown()
