"""A publisher that is killed: ``python publisher.py FOLDER SITE NAME INSTANT``.

Publishes the prepared SITE as edition NAME (or retires NAME, where SITE is ``retire``, or rolls back to it) and gets
SIGKILL, which no process can catch, right before the file operation in FOLDER with the number INSTANT, counted from 1. With INSTANT 0 it
lives and prints how many operations there were, and how many of them when the site had been built. Where no operation
has that number, it lives, too.
"""

import os
import shutil
import signal
import sys
from pathlib import Path

from jianbao.edition import Name
from jianbao.editions import published, publishing
from published_folders import edition

# What Python tells an audit hook before it does it: all that alters a folder.
OPERATIONS = {"open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink"}


def main(folder, site, name, instant):
    count = 0

    def watch(event, arguments):
        nonlocal count
        if event in OPERATIONS and any(str(each).startswith(folder) for each in arguments[:2]):
            count += 1
            if count == instant:
                os.kill(os.getpid(), signal.SIGKILL)

    built = 0

    def build(staged):
        nonlocal built
        shutil.copytree(site, staged)
        built = count

    sys.addaudithook(watch)
    print("ready", flush=True)
    name = Name.parse(name)
    if site == "retire":
        publishing.retire(Path(folder), name)
    elif site == "rollback":
        publishing.rollback(Path(folder), name)
    else:
        target = published.make(Path(folder))
        with target.alone():
            publishing.add(target, edition(str(name)), build)
    print(count, built)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
