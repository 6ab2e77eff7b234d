"""The fixtures of the stand-in: one cloud for all tests of a process, one project for each test."""

import datetime as dt
import hashlib
import ipaddress
import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.neon_stub.computes import uri
from tests.neon_stub.faults import HttpFault, WorkFault
from tests.neon_stub.front import Arrival, Front, Unwilling, Way
from tests.neon_stub.project import Project, new_password
from tests.neon_stub.records import Branch, Endpoint, Outcome
from tests.neon_stub.service import Asked, Cloud, Service
from tests.neon_stub.specification import specification
from tests.neon_stub.storage import DATABASE, OWNER, first_timeline
from vado.database import Target, parse_url
from vado.settings import NeonSettings, Secret

_numbers = itertools.count(1)


class NeonCloud:
    """The service, the front and what a new project begins with."""

    def __init__(self, folder: Path, certificates: Path, programs: Path | None) -> None:
        self._folder = folder
        specification()  # now, and not while a client waits for its first answer
        self._password = new_password()
        self._pristine = first_timeline(folder / "pristine", self._password, programs)
        certificate, key, fingerprint = self_signed(certificates)
        self.certificate = certificate
        self.cloud = Cloud(Front(certificate, key, fingerprint, self._route, self._refusal))
        self.service = Service(self.cloud)

    def _endpoint(self, name: str) -> tuple[Project, Endpoint] | None:
        for project in self.cloud.projects.values():
            if name in project.endpoints:
                return project, project.endpoints[name]
        return None

    def _refusal(self, name: str | None) -> str | None:
        found = self._endpoint((name or "").removesuffix("-pooler"))
        if found is None or not found[0].faults.connections:
            return None
        return found[0].faults.connections.pop(0)

    def _route(self, name: str) -> Way:
        found = self._endpoint(name.removesuffix("-pooler"))
        if found is None:
            raise Unwilling("endpoint cannot be found")
        project, endpoint = found
        if endpoint.disabled:
            raise Unwilling("endpoint is disabled")
        with project.lock:
            timeline = project.branches[endpoint.branch_id].timeline
            if not timeline.running:
                time.sleep(project.faults.wakes_in_s)
            timeline.start()
        return Way(timeline, pooled=name.endswith("-pooler"))

    def new_project(self) -> Project:
        project = Project(self._pristine, self._password, self._folder)
        self.cloud.projects[project.id] = project
        return project

    def close(self) -> None:
        self.service.close()
        self.cloud.front.close()
        for project in self.cloud.projects.values():
            project.close()


class Neon:
    """One project, and what a test may do to it from outside."""

    def __init__(self, cloud: NeonCloud) -> None:
        self._cloud = cloud
        self._project = cloud.new_project()
        self.faults = self._project.faults
        self.api_url = cloud.service.url
        self.project = self._project.id
        self.api_key = self._project.api_key
        self.certificate = cloud.certificate
        self._asked_before = len(cloud.cloud.asked)
        self._arrived_before = len(cloud.cloud.front.arrivals)

    # The way in

    @property
    def settings(self) -> NeonSettings:
        """What `[neon]` of vado.toml would say."""
        return NeonSettings(self.project, "NEON_API_KEY", Secret(self.api_key), self.api_url)

    def uri(self, branch: str = "main", database: str = DATABASE, *, pooled: bool = False) -> str:
        """Return the connection string of a branch that has a compute."""
        found = self.branch(branch)
        endpoint = self._project.endpoints_of(found)[0]
        front = self._cloud.cloud.front.address
        return uri(self._project, endpoint, OWNER, database, front, pooled=pooled)

    def target(self, branch: str = "main", database: str = DATABASE) -> Target:
        return parse_url(self.uri(branch, database))

    @property
    def arrivals(self) -> list[Arrival]:
        """How clients came to the front since this project was made."""
        return self._cloud.cloud.front.arrivals[self._arrived_before :]

    # What there is

    @property
    def asked(self) -> list[Asked]:
        """The requests to the API since this project was made."""
        return self._cloud.cloud.asked[self._asked_before :]

    def times_asked(self, operation: str) -> int:
        return sum(each.operation == operation for each in self.asked)

    def branch(self, name: str = "main") -> Branch:
        return self._project.named(name)

    @property
    def branch_names(self) -> set[str]:
        return {branch.name for branch in self._project.branches.values()}

    @property
    def snapshot_names(self) -> set[str]:
        return {snapshot.name for snapshot in self._project.snapshots.values()}

    def endpoint(self, branch: str = "main") -> Endpoint:
        return self._project.endpoints_of(self.branch(branch))[0]

    def running(self, branch: str = "main") -> bool:
        return self.branch(branch).timeline.running

    # What a test makes happen

    def keep(self, branch: str = "main", since: str | None = None) -> None:
        """Keep what the branch holds now, for whoever asks for this moment later.

        *since*: an LSN from before, after which nothing was written, as the test knows.
        """
        with self._project.lock:
            self._project.keep(self.branch(branch), since)

    def later(self, seconds: float) -> None:
        """Let time pass, for what expires."""
        self._project.advance(seconds)

    def suspend(self, branch: str = "main") -> None:
        """End the compute, as after five idle minutes."""
        self.branch(branch).timeline.stop()

    def protect(self, branch: str = "main") -> None:
        self.branch(branch).protected = True

    def add_database(self, name: str, branch: str = "main") -> None:
        with self.branch(branch).timeline.session() as session:
            session.run(f'create database "{name}" owner {OWNER}')

    def vanish_branch(self, name: str) -> None:
        """Delete a branch as someone else would, in the console."""
        self._project.remove(self.branch(name))

    def vanish_snapshot(self, name: str) -> None:
        found = next(s for s in self._project.snapshots.values() if s.name == name)
        del self._project.snapshots[found.id]

    def lose_answer(self, of: str | None = None, times: int = 1) -> None:
        """Do what is asked, and hang up."""
        self.faults.http.append(HttpFault("lose_answer", of, times))

    def lose_request(self, of: str | None = None, times: int = 1) -> None:
        """Hang up, and do nothing."""
        self.faults.http.append(HttpFault("lose_request", of, times))

    def answer_with(
        self, status: int, of: str | None = None, times: int = 1, **headers: str
    ) -> None:
        """Answer with a status instead; underscores in names of headers are dashes."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.faults.http.append(HttpFault("status", of, times, status, named))

    def done_but(self, status: int, of: str, times: int = 1) -> None:
        """Do what is asked, and answer with a status that says otherwise."""
        self.faults.http.append(HttpFault("done_but", of, times, status))

    def change_answer(self, of: str | None, change: Callable[[Any], Any], times: int = 1) -> None:
        """Do what is asked, and answer with something else, as a later version of Neon might."""
        self.faults.http.append(HttpFault("changed", of, times, change=change))

    def answer_again(self) -> None:
        """Forget what was still to go wrong with requests."""
        self.faults.http.clear()

    def change_password(self, password: str, branch: str = "main") -> None:
        """Give the role of a branch another password, as in the console."""
        found = self.branch(branch)
        found.timeline.set_password(OWNER, password)
        found.passwords[OWNER] = password

    def next_operation(
        self, outcome: Outcome, action: str | None = None, lasts_s: float | None = None
    ) -> None:
        """Say how the next operation ends: finished, failed, stuck, or recovers from a failure."""
        self.faults.work.append(WorkFault(action, outcome, lasts_s))

    def refuse_connections(self, text: str, times: int = 1) -> None:
        """Let the front answer the next connections with an error of Neon's."""
        self.faults.connections += [text] * times

    def close(self) -> list[str]:
        """Remove the project; return all that did not fit Neon's description."""
        self._project.close()
        del self._cloud.cloud.projects[self.project]
        return self.unfit()

    def unfit(self) -> list[str]:
        """Return what did not fit Neon's description, and forget it: it was meant."""
        found = list(self._cloud.cloud.unfit)
        self._cloud.cloud.unfit.clear()
        return found


def self_signed(folder: Path) -> tuple[Path, Path, bytes]:
    """Make a certificate for the front; return its file, its key's and what binds a channel."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "neon.test")])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "front.crt", folder / "front.key"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    encoded = certificate.public_bytes(serialization.Encoding.DER)
    return public, private, hashlib.sha256(encoded).digest()


@pytest.fixture(scope="session")
def neon_cloud(
    open_folder: Path, programs: Path | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[NeonCloud]:
    """The stand-in for Neon, one for all tests of this process."""
    folder = open_folder / f"neon{next(_numbers)}"
    folder.mkdir(mode=0o711)
    folder.chmod(0o711)
    cloud = NeonCloud(folder, tmp_path_factory.mktemp("neon"), programs)
    yield cloud
    cloud.close()


@pytest.fixture
def neon(neon_cloud: NeonCloud) -> Iterator[Neon]:
    """A project of Neon's with one branch `main`; what does not fit its API fails the test."""
    project = Neon(neon_cloud)
    yield project
    assert project.close() == []
