"""Fetch PostgreSQL of the given major versions into the cache, unless they are there."""

# ruff: noqa: INP001, T201 (a script, whose job is to print)

import sys

from vado.database import install_tools
from vado.errors import VadoError


def main() -> int:
    """Fetch them and say which; 1 when one cannot be had."""
    try:
        install_tools(
            [int(major) for major in sys.argv[1:]],
            lambda version: print(f"setup: fetching PostgreSQL {version}", flush=True),
        )
    except VadoError as error:
        print(f"setup: {error.message}\n       {error.hint}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
