"""Work that is no operation: what a job reports of it goes nowhere."""

from collections.abc import Mapping
from typing import Any


class Unheard:
    """The listener of a job that nobody follows."""

    def progressed(self, job_id: str, progress: dict[str, Any]) -> None:
        """Take the new progress."""

    def logged(self, job_id: str, message: str, said: Mapping[str, Any] | None = None) -> None:
        """Take a line of the log."""
