#!/bin/sh
# Installs Neon's own description of its API and its JavaScript client, which the tests check the
# stand-in for Neon against. The lock file holds the hashes; nothing of it is shipped.
set -eu
cd tests/neon_stub

packages=$(cat package.json package-lock.json | sha256sum)
stamp=node_modules/.setup-done
if [ "$(cat "$stamp" 2>/dev/null)" != "$packages" ]; then
    echo "setup: installing the packages of tests/neon_stub/package-lock.json"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    echo "$packages" >"$stamp"
fi
