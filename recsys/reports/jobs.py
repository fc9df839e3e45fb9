"""Measuring and training in the background: one thread a kind of work, whoever asked for it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import count
from threading import Lock, Thread

from recsys.datatypes import Progress
from recsys.errors import ThawError

Work = Callable[[Progress], str]
"""Measures, telling how far it is, and returns the name of the report that it kept; or trains, and
returns the name of the model."""


class Stopped(ThawError):
    """Somebody asked the work to stop."""


@dataclass(eq=False)
class Job:
    """A measurement: how far it is, then the name of its ``report`` or what went wrong.

    Once ``stopping``, it ends where it next tells how far it is, and that is what went wrong.

    ``number`` tells it from every other one. Its own thread writes; anybody may read.
    """

    number: int
    done: int = 0
    total: int = 0
    what: str = ""
    report: str = ""
    fault: str = ""
    stopping: bool = False

    @property
    def running(self) -> bool:
        return not self.report and not self.fault

    def stop(self) -> None:
        """Asks it to end; what it has not yet kept is not kept."""
        self.stopping = True


class Jobs:
    """The last measurement of each kind; where one of the kind is running, no second is started."""

    def __init__(self) -> None:
        self._jobs: dict[Hashable, Job] = {}
        self._lock = Lock()
        self._numbers = count(1)

    def last(self, kind: Hashable) -> Job | None:
        """The measurement of the kind that runs, or the last that did."""
        return self._jobs.get(kind)

    def start(self, kind: Hashable, work: Work) -> Job:
        """Starts the work in a thread of its own, unless one of the kind is running: that one."""
        with self._lock:
            job = self._jobs.get(kind)
            if job is not None and job.running:
                return job
            job = self._jobs[kind] = Job(next(self._numbers))
        Thread(target=_run, args=(job, work), name=f"job-{job.number}", daemon=True).start()
        return job


def _run(job: Job, work: Work) -> None:
    def progress(done: int, total: int, what: str) -> None:
        if job.stopping:
            raise Stopped("It was stopped.")
        job.done, job.total, job.what = done, total, what

    try:
        job.report = work(progress)
    except ThawError as error:
        job.fault = str(error)
    except BaseException as error:
        job.fault = f"It broke off with {type(error).__name__}; the server's log says where."
        raise
