#!/usr/bin/env bash
# The steps of action.yml: check, then lint; both are run and shown, and the first failure counts.
set -u

VADO=${VADO:-vado}
sarif=${RUNNER_TEMP:-/tmp}
migrations=${VADO_MIGRATIONS:-migrations}

base=()
if [ -n "${VADO_BASE:-}" ]; then
  base=(--base "$VADO_BASE")
fi

# Without a base there is nothing to compare with, as on a push.
compares=${VADO_BASE:-${GITHUB_BASE_REF:-}}

code=0
if [ -n "$compares" ]; then
  "$VADO" check ${base[@]+"${base[@]}"} --migrations "$migrations" || code=$?
  "$VADO" check ${base[@]+"${base[@]}"} --migrations "$migrations" --sarif >"$sarif/vado-check.sarif"
  [ -s "$sarif/vado-check.sarif" ] &&
    echo "check-sarif=$sarif/vado-check.sarif" >>"${GITHUB_OUTPUT:-/dev/null}"
fi

judged=("$migrations")
if [ -n "$compares" ] && [ "${VADO_ALL_FILES:-false}" != true ]; then
  judged+=(--base "$compares")
fi
limit=()
if [ -n "${VADO_MAX_RISK:-}" ]; then
  limit=(--max-risk "$VADO_MAX_RISK")
fi
"$VADO" lint "${judged[@]}" ${limit[@]+"${limit[@]}"} || { last=$?; [ $code -ne 0 ] || code=$last; }
"$VADO" lint "${judged[@]}" --sarif >"$sarif/vado-lint.sarif"
[ -s "$sarif/vado-lint.sarif" ] &&
  echo "lint-sarif=$sarif/vado-lint.sarif" >>"${GITHUB_OUTPUT:-/dev/null}"

exit "$code"
