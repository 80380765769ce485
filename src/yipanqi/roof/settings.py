"""Django's settings, all derived from `roof.env`."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from yipanqi.roof import env as environment

ENV = environment.read()
HOME = ENV.home_dir
PACKAGE = Path(__file__).resolve().parents[1]
ROOMS = (
    "ledger", "rules", "people", "evidence", "notices", "intake", "reviews", "industries", "places",
    "investors", "channels", "leads", "projects", "policies", "agreements", "services",
    "supervision", "finance", "appraisal", "studies",
)  # fmt: skip

SECRET_KEY = environment.kept_secret(ENV)
DEBUG = ENV.on("debug")
ALLOWED_HOSTS = [host for host in ENV.hosts.split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in ENV.origins.split(",") if origin]
WEBHOOK_ORIGINS = [origin for origin in ENV.webhook_origins.split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_q",
    *(f"yipanqi.domain.{room}" for room in ROOMS),
    "yipanqi.delivery.desk",
    "yipanqi.delivery.api",
]

MIDDLEWARE = [
    "yipanqi.delivery.desk.door.request_id",
    "yipanqi.delivery.api.problems.in_one_format",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yipanqi.delivery.desk.door.content_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yipanqi.delivery.desk.door.actor",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "delivery" / "desk" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "yipanqi.delivery.desk.door.surroundings",
            ],
        },
    }
]

ROOT_URLCONF = "yipanqi.roof.urls"
WSGI_APPLICATION = "yipanqi.roof.wsgi.application"
ASGI_APPLICATION = "yipanqi.roof.asgi.application"


def _database() -> dict[str, Any]:
    if not ENV.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "yipanqi.sqlite3",
            "OPTIONS": {
                # IMMEDIATE and a long timeout: racing writers queue instead of failing.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # recursive_triggers: without it INSERT OR REPLACE passes the ledger's guards.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;",
            },
            # A file, not memory: threads and processes of a test must meet in one database.
            "TEST": {"NAME": HOME / "test.sqlite3"},
        }
    url = urlparse(ENV.database_url)
    query = dict(part.split("=", 1) for part in url.query.split("&") if "=" in part)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.get("host", url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Officer"
AUTHENTICATION_BACKENDS = ["yipanqi.delivery.desk.doorkeeper.Recognition"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "yipanqi.delivery.desk.doorkeeper.Doorkeeper"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "yipanqi.delivery.desk.second_factor.SecondFactor"
MFA_TOTP_ISSUER = "yipanqi"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

SESSION_COOKIE_AGE = int(ENV.session_minutes) * 60
# The door renews a session only now and then: a write at every page would queue readers on SQLite.
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "yipanqi.delivery.desk.faults.untrusted"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if ENV.on("https"):
    SECURE_SSL_REDIRECT = True
    # The proxy and the watchman on this machine ask by plain HTTP; neither answer holds a secret.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
EVIDENCE_DIR = HOME / "evidence"
REGISTRY_HOME = HOME
CITY_PACK = Path(ENV.city_pack)
LEDGER_DIGEST = ENV.digest
LEDGER_KEY_DIR = HOME / "keys"
LEDGER_HEADS_FILE = ENV.heads_file
# By name: the ledger stands below the roof and may not import it.
LEDGER_TIMETABLE = "yipanqi.roof.schedule.JOBS"
LEDGER_NUDGE = "yipanqi.roof.schedule.nudge"
REQUIRE_TOTP = ENV.on("require_totp")
# By name, likewise: what merging two records of an enterprise moves.
ENTERPRISE_RELATIONS = "yipanqi.roof.merging.RELATIONS"
CLAMD_SOCKET = ENV.clamd_socket
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_LIMIT_BYTES = 50 * 1024 * 1024

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "yipanqi_cache",
    }
}
Q_CLUSTER = {
    "name": "yipanqi",
    "orm": "default",
    "workers": 1,
    "timeout": 900,
    "retry": 1200,
    "max_attempts": 5,
    "catch_up": True,
    "label": "任务",
    "bulk": 1,
    "poll": 1,
}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"
if ENV.email_url:
    _mail = urlparse(ENV.email_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
        unquote(_mail.username or ""),
        unquote(_mail.password or ""),
    )
    EMAIL_USE_TLS = _mail.scheme == "smtps" or EMAIL_PORT == 587  # noqa: PLR2004

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "yipanqi.roof.logs.JsonLines"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": ENV.log_level},
    # The queue reports each job it starts and ends: its faults are enough.
    "loggers": {"django-q": {"level": "WARNING"}},
}
