"""The web server: processes of threads.

Every thread keeps one PostgreSQL connection open (CONN_MAX_AGE), so web takes at most
workers x threads = 8; two worker processes and beat take one each. PostgreSQL allows 100: keep
8 x web + 1 x worker processes under 90 when scaling out.
"""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 60
graceful_timeout = 8  # less than the 10 seconds after which supervisor and docker kill
max_requests = 5000  # a leak never grows old
max_requests_jitter = 500
accesslog = "-"
access_log_format = '%(h)s "%(m)s %(U)s" %(s)s %(B)s bytes %(M)s ms'  # no query: it may be secret
control_socket_disable = True  # it would lie in the home directory of whoever runs this
