"""Every error as a problem document, whatever it comes from."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from vado.errors import VadoError

log = logging.getLogger("vado.api")
MEDIA_TYPE = "application/problem+json"
_CODES = {404: "not_found", 405: "method_not_allowed"}
_HINTS = {404: "Check the address.", 405: "Check the method."}


def problem(
    status: int, code: str, message: str, hint: str | None, details: Mapping[str, Any] | None = None
) -> JSONResponse:
    """Return a problem document."""
    body = {"code": code, "message": message, "hint": hint, "details": dict(details or {})}
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every error of *app* with a problem document."""
    app.add_exception_handler(VadoError, _domain)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _domain(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, VadoError):
        raise error
    return problem(error.status, error.code, error.message, error.hint, error.details)


async def _malformed(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    # Without the input: it may be a whole migration, or a secret in the wrong place.
    faults = [
        {"where": ".".join(str(part) for part in fault["loc"]), "what": fault["msg"]}
        for fault in error.errors()
    ]
    first = faults[0] if faults else {"where": "request", "what": "not readable"}
    return problem(
        422,
        "malformed_request",
        f"{first['where']}: {first['what']}",
        "Correct the request.",
        {"faults": faults},
    )


async def _http(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    code = _CODES.get(error.status_code, "http_error")
    message = str(error.detail).lower()
    return problem(error.status_code, code, message, _HINTS.get(error.status_code))


async def _unexpected(_request: Request, error: Exception) -> JSONResponse:
    log.error("request failed", exc_info=error)
    return problem(
        500,
        "internal_error",
        "an unexpected error stopped the request",
        "The log in Vado's state folder tells more; please report it.",
    )
