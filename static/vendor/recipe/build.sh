#!/bin/sh
# Rebuilds static/vendor from the pinned packages. Needs Node 20 or newer with npm.
# The packages are unpacked outside the checkout: whatever lies under static/ is served.
set -eu
recipe=$(cd "$(dirname "$0")" && pwd)
command -v npm >/dev/null || { echo "make vendor needs Node with npm; running the product does not." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$recipe"/package.json "$recipe"/package-lock.json "$recipe"/.npmrc "$recipe"/*.mjs "$recipe"/*.js "$recipe"/*.scss "$work"
cd "$work"
npm ci
node build.mjs "$(dirname "$recipe")"
