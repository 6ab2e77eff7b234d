"""A bucket of S3-compatible storage: objects put, got and checked, errors in words of ours.

boto3 does the talking. It is loaded only here, which takes half a second. Every upload carries its
SHA-256 twice: signed with the request, which each such storage checks, and as a checksum that it
keeps, where it knows how to.
"""

import base64
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from vado.backups.stores.outage import Outage
from vado.backups.stores.part import Part, Stopped
from vado.backups.stores.wire import client_of
from vado.backups.stores.words import explained
from vado.errors import BackupError, Cancelled, StoreUnavailable
from vado.operations import Job
from vado.settings import S3Settings

PART_BYTES = 16 * 2**20
_MOST_PARTS = 10_000
_PIECE_BYTES = 2**18


@dataclass(frozen=True, slots=True)
class Listed:
    """An object as the bucket lists it."""

    key: str
    size: int
    tag: str


@dataclass(frozen=True)
class Bucket:
    """The objects of one bucket whose keys begin with *prefix*."""

    settings: S3Settings
    prefix: str

    @property
    def name(self) -> str:
        """The bucket and where it is, as people may see it."""
        endpoint = self.settings.endpoint
        where = f" at {_shown(endpoint)}" if endpoint else ""
        return f"bucket {self.settings.bucket}{where}"

    def key(self, name: str) -> str:
        """Return the key of an object."""
        return f"{self.prefix}/{name}"

    def list(self) -> dict[str, Listed]:
        """Return what is there by its name below the prefix; quick to fail."""
        found = {}
        with self._told("list the backups in"):
            pages = self._client(quick=True).get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self.settings.bucket, Prefix=f"{self.prefix}/"):
                for item in page.get("Contents", ()):
                    name = item["Key"].removeprefix(f"{self.prefix}/")
                    found[name] = Listed(item["Key"], item["Size"], item["ETag"])
        return found

    def get(self, name: str, first_bytes: int | None = None) -> bytes | None:
        """Return a small object, or the first bytes of a large one; None when it is not there."""
        more = {} if first_bytes is None else {"Range": f"bytes=0-{first_bytes - 1}"}
        try:
            with self._told("read from", name):
                answer = self._client(quick=True).get_object(**self._at(name), **more)
                body: bytes = answer["Body"].read()
        except StoreUnavailable as error:
            if error.details.get("reason") == "missing":
                return None
            raise
        return body

    def put(self, name: str, body: bytes) -> str:
        """Write a small object and read it back; return its tag."""
        digest = _encoded(hashlib.sha256(body).digest())
        with self._told("write to", name):
            answer = self._client().put_object(
                **self._at(name), Body=body, ChecksumSHA256=digest, ContentType="application/json"
            )
            if self._client().get_object(**self._at(name))["Body"].read() != body:
                raise StoreUnavailable(
                    f"{self.name} gives back other bytes of {name} than it was given",
                    hint="Do not use it for backups; another program may write there.",
                )
        return str(answer["ETag"])

    def delete(self, name: str) -> None:
        """Delete an object and what was begun of it; nothing happens when there is none."""
        client = self._client(quick=True)
        with self._told("delete in", name):
            client.delete_object(**self._at(name))
            pages = client.get_paginator("list_multipart_uploads")
            for page in pages.paginate(Bucket=self.settings.bucket, Prefix=self.key(name)):
                for begun in page.get("Uploads", ()):
                    with suppress(client.exceptions.NoSuchUpload):
                        client.abort_multipart_upload(
                            Bucket=self.settings.bucket,
                            Key=begun["Key"],
                            UploadId=begun["UploadId"],
                        )

    def upload(self, path: Path, name: str, sha256: str, job: Job) -> None:
        """Put a file there in parts, each tried again by itself; BackupError when it is not whole.

        What was begun of it is taken away when it fails, unless nothing gets through any more.
        """
        with path.open("rb") as file:
            try:
                with self._told("write to", name):
                    self._upload(file, name, sha256, job)
            except BaseException as error:
                if not _cut_off(error):
                    with suppress(StoreUnavailable):
                        self.delete(name)
                if isinstance(error, Stopped):
                    raise Cancelled("the upload was cancelled") from None
                raise

    def _upload(self, file: IO[bytes], name: str, sha256: str, job: Job) -> None:
        client, at = self._client(), self._at(name)
        size = os.fstat(file.fileno()).st_size
        part_bytes = max(PART_BYTES, -(-size // _MOST_PARTS))
        whole, parts, digests = hashlib.sha256(), [], b""
        begun = client.create_multipart_upload(
            **at, ChecksumAlgorithm="SHA256", Metadata={"sha256": sha256}
        )["UploadId"]
        for number, start in enumerate(range(0, max(size, 1), part_bytes), 1):
            part = Part(file, start, min(part_bytes, size - start), job)
            digest = part.digest(whole)
            tag = self._send(part, name, begun, number, digest)
            job.progress(start + part.size, size, "bytes")
            digests += digest
            parts.append({"PartNumber": number, "ETag": tag, "ChecksumSHA256": _encoded(digest)})
        if whole.hexdigest() != sha256:
            raise BackupError(f"{name} was changed while it was uploaded", hint="Take it again.")
        # Where it is not known any more it was completed, and the answer was lost.
        with suppress(client.exceptions.NoSuchUpload):
            client.complete_multipart_upload(**at, UploadId=begun, MultipartUpload={"Parts": parts})
        combined = f"{_encoded(hashlib.sha256(digests).digest())}-{len(parts)}"
        self._check(name, size, sha256, combined)

    def _send(self, part: Part, name: str, begun: str, number: int, digest: bytes) -> str:
        outage = Outage(part.job)
        while True:
            try:
                with self._told("write to", name):
                    answer = self._client().upload_part(
                        **self._at(name),
                        UploadId=begun,
                        PartNumber=number,
                        Body=part,
                        ContentLength=part.size,
                        ChecksumSHA256=_encoded(digest),
                    )
                return str(answer["ETag"])
            except StoreUnavailable as error:
                outage.after(error)
                part.seek(0)

    def _check(self, name: str, size: int, sha256: str, combined: str) -> None:
        """Ask the storage what it has: size, our own note of the SHA-256, its own of the parts."""
        found = self._client().head_object(**self._at(name), ChecksumMode="ENABLED")
        kept = found.get("ChecksumSHA256", combined)
        if (
            found["ContentLength"] != size
            or found.get("Metadata", {}).get("sha256") != sha256
            or kept.partition("-")[0] != combined.partition("-")[0]
        ):
            raise StoreUnavailable(
                f"{self.name} does not have {name} as it was sent",
                hint="Take the backup again; the bucket, or what stands before it, changes data.",
            )

    def download(self, name: str, path: Path, job: Job) -> None:
        """Add to *path* what it lacks of the object, going on where the connection was cut."""
        outage, before = Outage(job), -1
        while True:
            try:
                with self._told("read from", name):
                    return self._download(name, path, job)
            except StoreUnavailable as error:
                got = path.stat().st_size if path.exists() else 0
                if got != before:
                    outage.moved()
                before = got
                outage.after(error)

    def _download(self, name: str, path: Path, job: Job) -> None:
        client = self._client()
        total: int = client.head_object(**self._at(name))["ContentLength"]
        with path.open("ab") as file:
            if file.tell() > total:
                file.truncate(0)
            if file.tell() == total:
                return
            start = file.tell()
            answer = client.get_object(**self._at(name), Range=f"bytes={start}-")
            body = answer["Body"]
            with job.on_cancel(body.close):
                for piece in _pieces(body, job):
                    file.write(piece)
                    job.progress(file.tell(), total, "bytes")
            os.fsync(file.fileno())

    def _at(self, name: str) -> dict[str, str]:
        return {"Bucket": self.settings.bucket, "Key": self.key(name)}

    def _client(self, *, quick: bool = False) -> Any:  # noqa: ANN401 (boto3 makes it at run time)
        return client_of(self.settings, quick)

    @contextmanager
    def _told(self, doing: str, name: str = "") -> Iterator[None]:
        """Turn what boto3 raises into what happened, where, and what to do."""
        from boto3.exceptions import Boto3Error  # noqa: PLC0415 (see above)
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 (as above)

        try:
            yield
        except (BotoCoreError, ClientError, Boto3Error) as error:
            # Not `from error`: what they say may hold what was sent.
            raise explained(error, doing, self.name, name) from None


def _cut_off(error: BaseException) -> bool:
    return isinstance(error, StoreUnavailable) and error.details.get("reason") == "no_network"


def _pieces(body: Any, job: Job) -> Iterator[bytes]:  # noqa: ANN401 (as above)
    try:
        yield from body.iter_chunks(_PIECE_BYTES)
    except (AttributeError, ValueError):
        job.check()  # it was closed by a cancel
        raise


def _encoded(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


def _shown(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    return f"{parts.hostname}" if parts.port is None else f"{parts.hostname}:{parts.port}"
