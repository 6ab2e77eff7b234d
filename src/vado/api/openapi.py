"""Prints the description of the API, or with `plan` the JSON schema of a plan.

python -m vado.api.openapi > openapi.json
python -m vado.api.openapi plan > docs/schemas/plan.schema.json
"""

import json
import sys
from typing import Any

from vado.api.app import described_app
from vado.api.plan_models import Plan


def plan_schema() -> dict[str, Any]:
    """Return the JSON schema of a plan, as `vado preview --json` and the API show it."""
    schema = Plan.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def main() -> None:
    """Write JSON to standard output."""
    if sys.argv[1:] == ["plan"]:
        json.dump(plan_schema(), sys.stdout, indent=1, sort_keys=True)
        sys.stdout.write("\n")
    else:
        json.dump(described_app().openapi(), sys.stdout, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
