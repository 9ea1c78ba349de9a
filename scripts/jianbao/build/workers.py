"""Work shared among processes, one a core: the results are the same, and in the same order, however many they are.

The processes are forked from this one, so that they have all that it has read, and only the number of a task is sent
to them. Where that cannot be (Windows, a program with threads, one core) the work is done here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# How many processes, where someone must say so; as many as there are cores otherwise.
VARIABLE = "JIANBAO_WORKERS"

_function: Callable | None = None
_tasks: Sequence = ()


def count() -> int:
    """How many processes work at the same time."""
    said = os.environ.get(VARIABLE, "")
    if said.isdecimal():
        return max(int(said), 1)
    has_affinity = hasattr(os, "sched_getaffinity")
    return len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1


def each(function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """``function`` of each of ``tasks``, in their order. What a function raises is raised here."""
    global _function, _tasks
    processes = min(count(), len(tasks))
    if processes < 2 or not _can_fork():
        yield from map(function, tasks)
        return
    _function, _tasks = function, tasks
    # What is there now is never looked through for garbage, which would copy it into every process.
    gc.freeze()
    try:
        with ProcessPoolExecutor(processes, multiprocessing.get_context("fork")) as pool:
            yield from pool.map(_one, range(len(tasks)))
    finally:
        _function, _tasks = None, ()


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def _one(number: int) -> object:
    return _function(_tasks[number])
