"""config.settings with what a server does to bytes: static files compressed, pages gzipped.

The pages are gzipped here by Django's own middleware in the place of the proxy.
"""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE, STORAGES, VAR_DIR

STATIC_ROOT = VAR_DIR / "bench" / "static"
WHITENOISE_USE_FINDERS = False
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
}
MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *MIDDLEWARE]
