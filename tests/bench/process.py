"""Running a command and asking the kernel what it took."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# What a command printed, in the folder that it ran in.
OUTPUT = "output.log"


@dataclass(frozen=True)
class Cost:
    seconds: float
    peak_mb: float


def run(command: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run ``command`` in ``folder`` to its end. RuntimeError with what it printed where it fails."""
    with open(folder / OUTPUT, "w+b") as log:
        start = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(environment or {})}, stdout=log, stderr=log
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        if child.returncode:
            log.seek(0)
            raise RuntimeError(f"{command[0]}: {log.read().decode(errors='replace')[-2000:]}")
    return Cost(seconds, usage.ru_maxrss / 1024)
