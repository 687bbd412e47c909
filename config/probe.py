"""The health check of the web container: asks /healthz as the proxy would, with nothing installed.

The name asked for must be one of STAGES_HOSTS, or Django refuses to answer.
"""

import http.client
import os
import sys


def main(port: int = 8000) -> int:
    host = os.environ.get("STAGES_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return 0 if connection.getresponse().status == 200 else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
