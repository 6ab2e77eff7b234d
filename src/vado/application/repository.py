"""What git knows of a migrations folder: its files on the base branch, and where ours left it.

Git is asked as a program, by its absolute path and without a shell; nothing of it is changed.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from vado.errors import NotFound, RepositoryUnreadable, UsageError

_TIMEOUT_S = 60
_SHA1_DIGITS = 40
# Where GitHub, GitLab, Bitbucket, Jenkins say which branch a change is to be merged into.
_TOLD_BY = (
    "GITHUB_BASE_REF",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
    "BITBUCKET_PR_DESTINATION_BRANCH",
    "CHANGE_TARGET",
)
# Set by git for its hooks, relative to the top of the clone: -C would read them otherwise.
_OF_A_HOOK = frozenset({"GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE"})
_USUAL = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
_SHALLOW = "Fetch the whole history (actions/checkout: fetch-depth: 0; git fetch --unshallow)."


@dataclass(frozen=True, slots=True)
class Base:
    """The base branch, and the commit at which this branch left it.

    `files` and `before` have the SQL files of the folder at the two commits: name to blob.
    """

    name: str
    commit: str
    fork: str
    files: Mapping[str, str]
    before: Mapping[str, str]


class Repository:
    """The repository that holds *folder*."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def base(self, branch: str | None, variables: Mapping[str, str]) -> Base:
        """Find the base branch: the one named, the runner's, or the usual ones.

        NotFound when there is none; RepositoryUnreadable when the history does not reach so far.
        """
        self._git("rev-parse", "--git-dir")
        name, commit = self._found(branch, variables)
        fork = self._fork(name, commit)
        return Base(name, commit, fork, self._files(commit), self._files(fork))

    def _found(self, branch: str | None, variables: Mapping[str, str]) -> tuple[str, str]:
        if branch is not None and branch.startswith("-"):
            raise UsageError(f"{branch!r} is no branch", hint="Name one: --base main.")
        candidates = list(_candidates(branch, variables))
        for name in candidates:
            commit = self._ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            if commit is not None:
                return name, commit
        what = f"there is no branch {branch!r}" if branch else "no base branch was found"
        raise NotFound(
            f"{what} in this repository",
            hint="Fetch it (actions/checkout: fetch-depth: 0), or name another with --base.",
            details={"tried": candidates},
        )

    def _fork(self, name: str, commit: str) -> str:
        fork = self._ask("merge-base", commit, "HEAD")
        if fork is None:
            raise RepositoryUnreadable(
                f"git does not know where this branch left {name}",
                hint=_SHALLOW,
                details={"base": name},
            )
        return fork

    def _files(self, commit: str) -> dict[str, str]:
        found = {}
        for record in self._git("ls-tree", "-z", commit, "./").split(b"\0"):
            about, _, name = os.fsdecode(record).partition("\t")
            if about and name.endswith(".sql") and not name.startswith("."):
                found[name] = about.split()[2]
        return found

    def text(self, blob: str) -> bytes:
        """Return what a file held."""
        return self._git("cat-file", "blob", blob)

    def _ask(self, *arguments: str) -> str | None:
        """Return git's answer, None for no."""
        done = self._run(*arguments)
        return done.stdout.decode().strip() if done.returncode == 0 else None

    def _git(self, *arguments: str) -> bytes:
        done = self._run(*arguments)
        if done.returncode != 0:
            reason = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
            raise RepositoryUnreadable(
                f"git cannot read {self._folder}: {reason.splitlines()[0] if reason else '?'}",
                hint="Run this in a clone of the project's repository.",
                details={"reason": reason},
            )
        return done.stdout

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        argv = [self._program, "--no-optional-locks", "-C", str(self._folder), *arguments]
        variables = {k: v for k, v in os.environ.items() if k not in _OF_A_HOOK}
        variables |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
        try:
            return subprocess.run(  # noqa: S603 (an absolute path, a list, no shell)
                argv,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                env=variables,
                timeout=_TIMEOUT_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RepositoryUnreadable(
                f"git could not be run: {error}", hint="Run `git status` to see why."
            ) from error

    @cached_property
    def _program(self) -> str:
        # A name on a relative path would be looked for in the folder we are in.
        folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
        safe = os.pathsep.join(folder for folder in folders if Path(folder).is_absolute())
        found = shutil.which("git", path=safe)
        if found is None:
            raise RepositoryUnreadable(
                "git is not installed", hint="Install it, or put it on the PATH."
            )
        return found


def _candidates(branch: str | None, variables: Mapping[str, str]) -> Iterator[str]:
    if branch is not None:
        yield from (branch, f"origin/{branch}")
        return
    for told in filter(None, (variables.get(name) for name in _TOLD_BY)):
        yield from (f"origin/{told}", told)
    yield from _USUAL


def is_blob(data: bytes, blob: str) -> bool:
    """Say whether *data* is what git calls *blob*, whichever line ends git keeps."""
    return any(_blob(form, len(blob)) == blob for form in {data, data.replace(b"\r\n", b"\n")})


def _blob(data: bytes, digits: int) -> str:
    # A repository names what it holds by SHA-1, or, where it was asked to, by SHA-256.
    algorithm = "sha1" if digits == _SHA1_DIGITS else "sha256"
    named = b"blob %d\0" % len(data) + data
    return hashlib.new(algorithm, named, usedforsecurity=False).hexdigest()
