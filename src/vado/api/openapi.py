"""Prints the description of the API: `python -m vado.api.openapi > openapi.json`."""

import json
import sys

from vado.api.app import described_app


def main() -> None:
    """Write OpenAPI as JSON to standard output."""
    json.dump(described_app().openapi(), sys.stdout, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
