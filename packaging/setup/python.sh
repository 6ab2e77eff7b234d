#!/bin/sh
# Makes .venv: a Python of 3.11 or newer with exactly the packages of requirements.lock, and Vado.
# Does nothing when it was done already for the same lock file, in the same place.
set -eu

is_new_enough() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < tuple(map(int, sys.argv[1:])))' \
        "$2" "$3" 2>/dev/null
}

find_python() {
    # The machine's own choice first. The window has no wheels for 3.14 yet, so that comes last.
    for candidate in python3 python3.13 python3.12 python3.11; do
        if is_new_enough "$candidate" 3 14; then
            echo "$candidate"
            return
        fi
    done
    for candidate in python3 python3.14; do
        if is_new_enough "$candidate" 4 0; then
            echo "$candidate"
            return
        fi
    done
    echo "setup: no Python 3.11 or newer was found (tried python3, python3.11 to python3.14)." >&2
    return 1
}

# The place counts too: programs in a virtual environment name its path, and break when it moves.
wanted=$({ pwd -P; cat requirements.lock pyproject.toml; } | sha256sum)
stamp=.venv/setup-done
if [ -x .venv/bin/vado ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c ''; then
    exit 0
fi

if ! .venv/bin/python -m pip --version >/dev/null 2>&1 ||
    ! grep -qF "$(pwd -P)/.venv/" .venv/bin/pip; then
    python=$(find_python)
    echo "setup: making .venv with $("$python" --version)"
    rm -rf .venv
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        echo "setup: $python cannot make a virtual environment." >&2
        echo "       On Debian and Ubuntu: apt install python3-venv" >&2
        exit 1
    fi
fi
rm -f "$stamp"
echo "setup: installing the packages of requirements.lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    --requirement requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
    --editable .
echo "$wanted" >"$stamp"
