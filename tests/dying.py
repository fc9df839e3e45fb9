"""A process that is killed in the middle of its work; light, as such processes import it."""

import os
import signal
import sys

FILE_STEPS = {
    "open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate",
    "shutil.copytree", "shutil.rmtree",
}  # fmt: skip


def die_at(step, root):
    """This process kills itself before its file step number ``step`` in ``root``, from 1."""
    left = step

    def count(event, arguments):
        nonlocal left
        if event in FILE_STEPS and str(root) in str(arguments[0]):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
