# One image for web, worker, beat and migrate; docker-compose.yml says which does what.
# The first stage makes wheels, the second installs them and nothing else: no compiler, no pip cache.

FROM python:3.11-slim-bookworm AS wheels
WORKDIR /wheels
COPY requirements.txt .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STAGES_MODE=production
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin stages
WORKDIR /srv/stages
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels -r /wheels/requirements.txt
COPY . .
# Made-up values: collectstatic reads the settings but opens neither database nor broker.
RUN STAGES_HOSTS=build.invalid STAGES_SECRET_KEY=only-for-this-one-command-and-kept-nowhere-after-it-has-run \
    DATABASE_URL=postgresql://nobody@127.0.0.1:1/none REDIS_URL=redis://127.0.0.1:1/0 \
    python manage.py collectstatic --noinput \
    && mkdir -p var/media var/backups && chown stages: var/media var/backups \
    && python -m compileall -q .
ARG CODE_VERSION=
ENV STAGES_CODE_VERSION=$CODE_VERSION
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s --retries=3 CMD ["python", "-m", "config.probe"]
CMD ["python", "-m", "gunicorn", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "config.wsgi"]
