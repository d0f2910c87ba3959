"""A contender's processes: started in a session of their own, pinned, counted, frozen and stopped together."""

import os
import signal
import socket
import subprocess
import time

from harness.machine import TICKS


class Session:
    """All processes that descend from one command, as long as they stay in its session."""

    def __init__(self, command, core, log, env=None):
        self.log = log
        with open(log, "ab") as out:
            self.leader = subprocess.Popen(
                ["taskset", "-c", str(core), *command],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                env={**os.environ, **(env or {})}, start_new_session=True)

    def processes(self):
        """(pid, utime + stime in ticks) of every living process of the session, with all their threads."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/stat") as stat:
                    fields = stat.read().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.leader.pid and fields[0] not in "ZX":
                found.append((int(pid), int(fields[11]) + int(fields[12])))
        return found

    def cpu_seconds(self):
        return sum(ticks for _, ticks in self.processes()) / TICKS

    def rss_mb(self):
        """Resident memory, summed: what nginx's master and worker share is counted twice."""
        total = 0
        for pid, _ in self.processes():
            with open(f"/proc/{pid}/statm") as statm:
                total += int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return total / 1e6

    def alive(self):
        return self.leader.poll() is None

    def freeze(self):
        self._signal(signal.SIGSTOP)

    def thaw(self):
        self._signal(signal.SIGCONT)

    def stop(self):
        """Ends every process of the session: politely, and after five seconds for certain."""
        self.thaw()
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + 5
        while self.processes() and time.monotonic() < deadline:
            self.leader.poll()
            time.sleep(0.01)
        self._signal(signal.SIGKILL)
        self.leader.wait()

    def last_words(self):
        with open(self.log, errors="replace") as log:
            return "".join(log.readlines()[-15:])

    def _signal(self, number):
        for pid, _ in self.processes():
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
