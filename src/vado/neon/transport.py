"""Requests to Neon's API: time-outs on all, repeated only where that is safe.

423 and 503 may always be tried again, and 429 when it says so. A question that got no answer is
asked again. A change that got no answer never is: whether it was made has to be looked up.
"""

import random
import re
import ssl
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vado.errors import (
    ConfigurationInvalid,
    NeonAnswerLost,
    NeonError,
    NeonKeyRefused,
    NeonRefused,
    NeonUnreachable,
)
from vado.neon.failures import (
    BUSY,
    FIRST_OF_SERVER,
    LAST_OF_SUCCESS,
    TIMED_OUT,
    TOO_MANY,
    refusal,
)
from vado.neon.pace import USUAL, Pace
from vado.operations import Job
from vado.settings import NeonSettings

if TYPE_CHECKING:
    # It takes as long to load as `vado status` may last.
    import httpx2

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# What a header may carry, so that nothing else says what is wrong with a key by repeating it.
_KEY = re.compile(r"[!-~]+")
_POLL_S = 0.1
_OWN_PROJECT_PARTS = 2

Answer = dict[str, Any]


class Transport:
    """Sends requests with the project's key, which nothing else ever sees."""

    def __init__(
        self,
        settings: NeonSettings,
        http: "httpx2.Client | None",
        pace: Pace | None,
        job: Job | None,
    ) -> None:
        _check_url(settings.api_url)
        self._settings = settings
        self._authorization = f"Bearer {_key(settings)}"
        self.pace = pace or USUAL
        self.job = job
        self._http = http or _client(self.pace)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def ask(self, path: str, what: str, **query: str | float | bool | None) -> Answer:
        """GET; *what* completes "neon refuses to"."""
        return self._sent("GET", path, what, query, None)

    def change(
        self,
        method: str,
        path: str,
        what: str,
        body: Mapping[str, Any] | None = None,
        **query: str | None,
    ) -> Answer:
        """POST, PATCH or DELETE; NeonAnswerLost when it cannot be told whether it was done."""
        if method == "DELETE" and len(path.strip("/").split("/")) <= _OWN_PROJECT_PARTS:
            raise NeonRefused("Vado never deletes a project of Neon")
        return self._sent(method, path, what, query, body)

    def _sent(
        self,
        method: str,
        path: str,
        what: str,
        query: Mapping[str, Any],
        body: Mapping[str, Any] | None,
    ) -> Answer:
        deadline = time.monotonic() + self.pace.busy_s
        tries = 0
        while True:
            tries += 1
            try:
                found = self._once(method, path, what, query, body)
            except (NeonUnreachable, NeonAnswerLost):
                if method != "GET" or tries >= self.pace.reads:
                    raise
                self.pause(self._random_s(tries))
                continue
            if isinstance(found, dict):
                return found
            error, wait_s = found
            wait_s = self._random_s(tries) if wait_s is None else wait_s
            if time.monotonic() + wait_s > deadline:
                raise error
            self._tell_busy(error)
            self.pause(wait_s)

    def _once(
        self,
        method: str,
        path: str,
        what: str,
        query: Mapping[str, Any],
        body: Mapping[str, Any] | None,
    ) -> Answer | tuple[NeonError, float | None]:
        """Return the answer, or an error that may be tried again and after how many seconds."""
        import httpx2  # noqa: PLC0415 (see above)

        request_id = f"vado-{uuid.uuid4()}"
        try:
            answer = self._http.request(
                method,
                f"{self._settings.api_url}{path}",
                params={name: value for name, value in query.items() if value is not None},
                json=body,
                headers={
                    "Authorization": self._authorization,
                    "Accept": "application/json",
                    "X-Request-ID": request_id,
                },
            )
        except httpx2.InvalidURL as error:
            raise _no_url() from error
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise _unreachable(what, request_id, error) from error
        except httpx2.HTTPError as error:
            if method == "GET":
                raise _unreachable(what, request_id, error) from error
            raise _lost(what, request_id) from error
        return self._judged(method, what, answer, request_id)

    def _judged(
        self, method: str, what: str, answer: "httpx2.Response", request_id: str
    ) -> Answer | tuple[NeonError, float | None]:
        status = answer.status_code
        known = _decoded(answer)
        if status <= LAST_OF_SUCCESS and known is not None:
            return known
        error = refusal(what, status, known, request_id)
        if status in BUSY or status == TOO_MANY:
            return error, _retry_after_s(answer)
        if status <= LAST_OF_SUCCESS or status >= FIRST_OF_SERVER or status == TIMED_OUT:
            # Something between us and Neon may have said so: it tells nothing of what was done.
            raise (
                _unreachable(what, request_id, error)
                if method == "GET"
                else _lost(what, request_id)
            )
        raise error

    def _tell_busy(self, error: NeonError) -> None:
        if self.job is not None:
            self.job.log(f"neon is busy: {error.message}", "neon_busy", status=self._status(error))

    @staticmethod
    def _status(error: NeonError) -> int:
        return int(error.details["status"])

    def _random_s(self, tries: int) -> float:
        """Return a pause of full jitter: clients that met must not meet again."""
        longest = min(self.pace.first_s * 2**tries, self.pace.longest_s)
        return random.uniform(0, longest)  # noqa: S311 (nothing secret)

    def pause(self, seconds: float) -> None:
        """Wait, unless the user cancels."""
        until = time.monotonic() + seconds
        while True:
            if self.job is not None:
                self.job.check()
            left_s = until - time.monotonic()
            if left_s <= 0:
                return
            time.sleep(min(left_s, _POLL_S))


@cache
def _roots() -> ssl.SSLContext:
    """Read the roots, which takes as long as a request, once a process."""
    import certifi  # noqa: PLC0415 (as httpx2)

    return ssl.create_default_context(cafile=certifi.where())


def _client(pace: Pace) -> "httpx2.Client":
    import httpx2  # noqa: PLC0415 (see above)

    return httpx2.Client(
        timeout=httpx2.Timeout(pace.answer_s, connect=pace.connect_s),
        verify=_roots(),
        follow_redirects=False,  # the key goes where it was meant to go
    )


def _key(settings: NeonSettings) -> str:
    if settings.api_key is None:
        raise NeonKeyRefused(
            f"the variable {settings.api_key_env} with the key of Neon's API is not set",
            hint="Make a key for this project alone in Neon's console and set it there.",
        )
    # A line break at the end is how a key comes out of many a file.
    key = settings.api_key.reveal().strip()
    if not _KEY.fullmatch(key):
        raise NeonKeyRefused(
            f"the variable {settings.api_key_env} holds characters that no key of Neon has",
            hint="Copy the key from Neon's console once more.",
        )
    return key


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _no_url() from None
    if not parts.hostname:
        raise _no_url()
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise ConfigurationInvalid(
            "api_url of [neon] does not begin with https://",
            hint="The key would go over the network in clear; write https://.",
        )


def _no_url() -> ConfigurationInvalid:
    return ConfigurationInvalid(
        "api_url of [neon] is no address", hint="Leave it out, or write https://HOST/PATH."
    )


def _decoded(answer: "httpx2.Response") -> Answer | None:
    """Return the JSON object of an answer; an empty answer is an empty object."""
    if not answer.content:
        return {}
    try:
        found = answer.json()
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _retry_after_s(answer: "httpx2.Response") -> float | None:
    text = answer.headers.get("Retry-After", "")
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        return max((parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return None


def _unreachable(what: str, request_id: str, error: Exception) -> NeonUnreachable:
    return NeonUnreachable(
        f"neon's API did not answer when asked to {what} ({type(error).__name__})",
        hint="Check the network and neonstatus.com.",
        details={"request_id": request_id, "status": None},
    )


def _lost(what: str, request_id: str) -> NeonAnswerLost:
    return NeonAnswerLost(
        f"neon was asked to {what}, and the answer was lost",
        hint="Look in Neon's console whether it was done, before you ask again.",
        details={"request_id": request_id, "status": None},
    )
