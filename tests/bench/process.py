"""Running a command and asking the kernel what it, with all that it starts, took."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# What a command printed, in the folder that it ran in.
OUTPUT = "output.log"


# How often memory is looked at.
INTERVAL = 0.2


@dataclass(frozen=True)
class Cost:
    """``cpu`` is in seconds, of all processes; so is ``peak_mb``, each page of memory counted once (PSS)."""

    seconds: float
    cpu: float
    peak_mb: float


def run(command: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run ``command`` in ``folder`` to its end. RuntimeError with what it printed where it fails."""
    with open(folder / OUTPUT, "w+b") as log:
        start = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(environment or {})}, stdout=log, stderr=log
        )
        watch = _Watch(child.pid)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        peak = max(watch.stop(), usage.ru_maxrss / 1024)
        if child.returncode:
            log.seek(0)
            raise RuntimeError(f"{command[0]}: {log.read().decode(errors='replace')[-2000:]}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, peak)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its descendants, now and then, until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._peak = 0.0
        self._stopped = threading.Event()
        self.start()

    def run(self) -> None:
        while not self._stopped.wait(INTERVAL):
            self._peak = max(self._peak, sum(map(_pss_mb, _family(self._pid))))

    def stop(self) -> float:
        """The peak, in MB."""
        self._stopped.set()
        self.join()
        return self._peak


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _pss_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0)
