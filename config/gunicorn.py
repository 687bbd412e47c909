"""The web server: processes of threads.

Every thread keeps one PostgreSQL connection open (CONN_MAX_AGE), so web takes at most
workers x threads = 8; two worker processes and beat take one each. PostgreSQL allows 100: keep
8 x web + 1 x worker processes under 90 when scaling out.
"""

import os

from config import logs

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 60
graceful_timeout = 8  # less than the 10 seconds after which supervisor and docker kill
max_requests = 5000  # a leak never grows old
max_requests_jitter = 500
# No accesslog: config.logs writes a line for each request, without tokens and people.
if os.environ.get("STAGES_MODE") == "production":
    logconfig_dict = logs.configuration(production=True, mail=False)
    logconfig_dict["loggers"] |= {
        "gunicorn.error": {"handlers": [], "propagate": True},
        "gunicorn.access": {"level": "WARNING"},  # switched on by any logconfig_dict
    }
control_socket_disable = True  # it would lie in the home directory of whoever runs this
