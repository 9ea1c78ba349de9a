"""Publishers that are killed: a process that makes one, with all modules loaded, for each line of its input.

A line is JSON: ``[FOLDER, SITE, NAME, INSTANT]``. The publisher publishes the prepared SITE as edition NAME (or retires
NAME, where SITE is ``retire``, or rolls back to it) and gets SIGKILL, which no process can catch, right before the file
operation in FOLDER with the number INSTANT, counted from 1; with 0 it lives. Two lines come back: the publisher's
process id, and when it has ended its exit status and how many operations there were when the site had been built, when
the edition came to its place, and in all.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from jianbao.edition import Name
from jianbao.editions import published, publishing
from published_folders import edition, name_it

# What Python tells an audit hook before it does it: all that alters a folder, and opening a file to write.
OPERATIONS = {"os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink"}
WRITING = os.O_WRONLY | os.O_RDWR


def main():
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.write(writing, run(*json.loads(line)).encode())
            os._exit(0)
        os.close(writing)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reading) as report:
            print(os.waitstatus_to_exitcode(status), report.read(), flush=True)


def run(folder, site, name, instant):
    count = built = placed = 0
    place = str(Path(folder, name))

    def watch(event, arguments):
        nonlocal count, placed
        alters = event in OPERATIONS or (event == "open" and arguments[2] & WRITING)
        if alters and any(str(each).startswith(folder) for each in arguments[:2]):
            count += 1
            if event == "os.rename" and str(arguments[1]) == place:
                placed = count
            if count == instant:
                os.kill(os.getpid(), signal.SIGKILL)

    def build(staged):
        nonlocal built
        shutil.copytree(site, staged)
        name_it(staged)
        built = count

    sys.addaudithook(watch)
    name = Name.parse(name)
    if site == "retire":
        publishing.retire(Path(folder), name)
    elif site == "rollback":
        publishing.rollback(Path(folder), name)
    else:
        target = published.make(Path(folder))
        with target.alone():
            publishing.add(target, edition(str(name)), build)
    return f"{built} {placed} {count}"


if __name__ == "__main__":
    main()
