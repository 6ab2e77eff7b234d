#!/bin/sh
# Installs the packages of web/package-lock.json and builds the page into the Python package.
# Does nothing when both were done already for the same sources.
set -eu

if [ ! -f web/package-lock.json ]; then
    echo "setup: there is no web/package-lock.json, so no page is built" >&2
    exit 0
fi
if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null; then
    echo "setup: Node.js 20 or newer was not found; the page is built with it." >&2
    exit 1
fi
cd web

packages=$({ node --version; cat package.json package-lock.json; } | sha256sum)
stamp=node_modules/.setup-done
if [ "$(cat "$stamp" 2>/dev/null)" != "$packages" ]; then
    echo "setup: installing the packages of web/package-lock.json"
    # Browsers come from the system: what a package would fetch by itself is not verified by a lock.
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
    mkdir -p node_modules && echo "$packages" >"$stamp"
fi

sources=$({
    echo "$packages"
    find . ../src/vado/risks/texts -path ./node_modules -prune -o -path ./test-results -prune \
        -o -path ./playwright-report -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
} | sha256sum)
built=node_modules/.build-done
page=../src/vado/api/static/index.html
if [ ! -f "$page" ] || [ "$(cat "$built" 2>/dev/null)" != "$sources" ]; then
    echo "setup: building the page"
    npm run --silent build
    [ -f "$page" ] || { echo "setup: the build left no $page" >&2; exit 1; }
    echo "$sources" >"$built"
fi
