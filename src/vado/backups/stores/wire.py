"""How boto3 is set up: time-outs, tries, and which checksums."""

from functools import cache
from typing import Any

from vado.backups.stores.words import explained
from vado.logging import register_secret
from vado.settings import S3Settings

# For looking at what is there, where nobody wants to wait, and for moving what is large.
_QUICK_CONNECT_S, _QUICK_READ_S, _QUICK_TRIES = 2, 4, 2
_PATIENT_CONNECT_S, _PATIENT_READ_S, PATIENT_TRIES = 10, 60, 6


@cache
def client_of(settings: S3Settings, quick: bool) -> Any:  # noqa: ANN401, FBT001 (boto3 makes it at run time; cached by it)
    """Return boto3's client of a bucket; *quick* ones soon give up.

    Raises StoreUnavailable where not even that can be had.
    """
    from boto3.session import Session  # noqa: PLC0415 (half a second)
    from botocore.config import Config  # noqa: PLC0415 (as above)
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415 (as above)

    try:
        session = Session()
        credentials = session.get_credentials()
        if credentials is not None:
            for text in (credentials.secret_key, credentials.token):
                register_secret(text or "")
        return session.client(
            "s3",
            region_name=settings.region or session.region_name or "us-east-1",
            endpoint_url=settings.endpoint,
            config=Config(
                connect_timeout=_QUICK_CONNECT_S if quick else _PATIENT_CONNECT_S,
                read_timeout=_QUICK_READ_S if quick else _PATIENT_READ_S,
                retries={
                    "mode": "standard",
                    "max_attempts": _QUICK_TRIES if quick else PATIENT_TRIES,
                },
                # Checksums are given where they are wanted; others than AWS know no more than that.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={
                    "payload_signing_enabled": True,
                    "addressing_style": "path" if settings.endpoint else "auto",
                },
            ),
        )
    except (BotoCoreError, ValueError) as error:
        raise explained(error, "use", f"bucket {settings.bucket}", "") from None
