"""What went wrong with a bucket, said so that somebody can do something about it.

Nothing of what the storage or boto3 says is repeated but its code: it may hold what was sent.
"""

from vado.errors import StoreUnavailable

_NO_KEYS = (
    "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE with a profile in "
    "~/.aws/credentials."
)
_WRONG_KEYS = "Correct the access key in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
_NO_NETWORK = "Check s3_endpoint in vado.toml and the network; what is on this machine is listed."

# By the code of the storage: reason, what is the matter, what to do.
_CODES = {
    "NoSuchBucket": (
        "no_bucket",
        "there is no such bucket",
        "Make it, or correct store in vado.toml.",
    ),
    "AccessDenied": (
        "no_access",
        "the access key may not do that",
        "Allow it to list, get, put and delete objects, and to list and abort uploads.",
    ),
    "InvalidAccessKeyId": ("wrong_key", "the access key is not known there", _WRONG_KEYS),
    "SignatureDoesNotMatch": ("wrong_key", "the secret access key is wrong", _WRONG_KEYS),
    "ExpiredToken": ("wrong_key", "the session token has expired", "Log in again."),
    "RequestTimeTooSkewed": (
        "clock",
        "the clock of this machine is wrong by more than a quarter of an hour",
        "Set the clock, best by NTP.",
    ),
    "PermanentRedirect": (
        "wrong_region",
        "the bucket is in another region",
        "Set s3_region in vado.toml to its region.",
    ),
    "NoSuchKey": ("missing", "it is not there", "Use another backup."),
    "NoSuchUpload": (
        "upload_gone",
        "the storage forgot the upload that was begun",
        "Take the backup again.",
    ),
    "SlowDown": ("busy", "the storage is too busy", "Try again later."),
    "XAmzContentSHA256Mismatch": (
        "damaged",
        "what arrived is not what was sent",
        "Try again; if it stays so, something between here and there changes data.",
    ),
}
_SAME = {
    "403": "AccessDenied",
    "Forbidden": "AccessDenied",
    "AllAccessDisabled": "AccessDenied",
    "404": "NoSuchKey",
    "NotFound": "NoSuchKey",
    "301": "PermanentRedirect",
    "AuthorizationHeaderMalformed": "PermanentRedirect",
    "IllegalLocationConstraintException": "PermanentRedirect",
    "InvalidToken": "ExpiredToken",
    "BadDigest": "XAmzContentSHA256Mismatch",
    "InvalidDigest": "XAmzContentSHA256Mismatch",
    "500": "SlowDown",
    "InternalError": "SlowDown",
    "503": "SlowDown",
    "ServiceUnavailable": "SlowDown",
    "Throttling": "SlowDown",
    "RequestLimitExceeded": "SlowDown",
}
# By the name of boto3's error, likewise.
_FAILURES = {
    "NoCredentialsError": ("no_keys", "there is no access key", _NO_KEYS),
    "PartialCredentialsError": ("no_keys", "the access key is not complete", _NO_KEYS),
    "CredentialRetrievalError": ("no_keys", "the access key cannot be had", _NO_KEYS),
    "ProfileNotFound": ("no_keys", "there is no profile of that name", _NO_KEYS),
    "EndpointConnectionError": ("no_network", "it cannot be reached", _NO_NETWORK),
    "ConnectTimeoutError": ("no_network", "it cannot be reached", _NO_NETWORK),
    "ReadTimeoutError": ("no_network", "it does not answer", _NO_NETWORK),
    "SSLError": (
        "no_network",
        "the connection cannot be secured",
        "Check s3_endpoint; give the certificate of your own authority in AWS_CA_BUNDLE.",
    ),
    "ParamValidationError": (
        "no_bucket",
        "that is no name of a bucket",
        "Correct store in vado.toml.",
    ),
    "ValueError": ("no_network", "s3_endpoint is no address", "Write https://host in vado.toml."),
}
_CUT = ("no_network", "the connection was cut", _NO_NETWORK)


def explained(error: Exception, doing: str, store: str, name: str) -> StoreUnavailable:
    """Return the error for what boto3 raised while *doing* something with an object of *store*."""
    code = _code(error)
    if code is None:
        reason, why, hint = _FAILURES.get(type(error).__name__, _CUT)
    else:
        known = _CODES.get(_SAME.get(code, code))
        reason, why, hint = known or (
            "refused",
            f"it answers {code}",
            "Look that up in the documentation of the storage.",
        )
    of = f" ({name})" if name else ""
    details = {"store": store, "reason": reason}
    return StoreUnavailable(f"cannot {doing} {store}{of}: {why}", hint=hint, details=details)


def _code(error: Exception) -> str | None:
    response = getattr(error, "response", None)
    if not isinstance(response, dict):
        return None
    return str(response.get("Error", {}).get("Code", "an error"))[:60]
