#!/bin/sh
# Looks for what comes from the system, and installs it where that is allowed: as root, or with a
# sudo that asks for no password. Elsewhere it says what is missing, and ends well.
set -eu

has_library() {
    { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -q "$1"
}

has_command() {
    for name in "$@"; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

missing=
why=
need() {
    missing="$missing $1"
    why="$why  $1: $2
"
}

case $(uname -s) in
Linux) ;;
*) exit 0 ;;
esac

has_command chromium chromium-browser google-chrome || need chromium "browser tests"
has_library libwebkit2gtk-4.1.so.0 || need libwebkit2gtk-4.1-0 "the desktop window"
has_command WebKitWebDriver || need webkit2gtk-driver "tests of the window"
has_command Xvfb || need xvfb "tests of the window without a screen"
has_library libXtst.so.6 || need libxtst6 "tests of the window, which press its buttons"
PATH="$PATH:/usr/sbin" has_command pgbouncer || need pgbouncer "tests of transaction poolers"
has_library libgssapi_krb5.so.2 || need libgssapi-krb5-2 "pg_dump and pg_restore"
has_library libxml2.so.2 || need libxml2 "PostgreSQL 14 to 18 in tests"
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif sudo -n true 2>/dev/null; then
        sudo="sudo -n"
    else
        sudo=none
    fi
    if [ "$sudo" != none ]; then
        echo "setup: installing$missing"
        # Somebody else may be installing just now; and a mirror may answer at the second try only.
        options="-qq -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3"
        # shellcheck disable=SC2086 (these are lists of words)
        $sudo apt-get update $options || echo "setup: not all lists of packages are fresh" >&2
        # RUNLEVEL: none of these is to be started as a service.
        # shellcheck disable=SC2086
        $sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install $options -y \
            --no-install-recommends $missing >/dev/null && exit 0
        # The rest can do without: the tests say themselves what they miss.
        printf 'setup: FAILED to install what is for\n%s' "$why" >&2
        exit 0
    fi
fi
printf 'setup: MISSING, and not installed because that needs root:\n%s' "$why" >&2
printf '       Vado works without; what needs them is skipped. apt install%s\n' "$missing" >&2
