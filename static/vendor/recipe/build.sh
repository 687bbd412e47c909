#!/bin/sh
# Rebuilds static/vendor from the pinned packages. Needs Node 20 or newer with npm.
set -eu
cd "$(dirname "$0")"
command -v npm >/dev/null || { echo "make vendor needs Node with npm; running the product does not." >&2; exit 1; }
npm ci --ignore-scripts --no-audit --no-fund
node build.mjs
