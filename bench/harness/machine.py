"""What the kernel says: time of the cores, and which machine this is."""

import datetime
import os
import platform
import re
import subprocess

TICKS = os.sysconf("SC_CLK_TCK")


def idle_seconds(core):
    """Idle time of one core. Everything else on it (stolen time and interrupts too) counts as busy."""
    with open("/proc/stat") as stat:
        fields = next(line for line in stat if line.startswith(f"cpu{core} ")).split()
    return (int(fields[4]) + int(fields[5])) / TICKS


def first_line(*command):
    out = subprocess.run(command, capture_output=True, text=True)
    return ((out.stdout + out.stderr).strip().splitlines() or ["?"])[0]


def grep(path, pattern):
    with open(path) as file:
        found = re.search(pattern, file.read(), re.MULTILINE)
    return found.group(1) if found else "?"


def machine(root, java):
    """The machine and the commit, as (name, value) rows that go out with the figures."""
    dirty = subprocess.run(["git", "-C", root, "status", "--porcelain", "--untracked-files=no"], capture_output=True)
    commit = first_line("git", "-C", root, "rev-parse", "--short=12", "HEAD")
    return [
        ("date", datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")),
        ("commit", commit + (" with local changes" if dirty.stdout else "")),
        ("processor", f"{grep('/proc/cpuinfo', r'^model name.*: (.*)$')}, {os.cpu_count()} cores"),
        ("memory", f"{int(grep('/proc/meminfo', r'^MemTotal: *([0-9]+)')) // 1024} MB"),
        ("kernel", platform.release()),
        ("load before", " ".join(f"{load:.2f}" for load in os.getloadavg())),
        ("java", grep(os.path.join(java, "release"), r'^JAVA_RUNTIME_VERSION="(.*)"$')),
    ]


def describe(root, java):
    """The same with the versions of those that are compared."""
    return [
        *machine(root, java),
        ("nginx", first_line("nginx", "-v").replace("nginx version: nginx/", "")),
        ("haproxy", first_line("haproxy", "-v").removeprefix("HAProxy version ").split(" ")[0]),
        ("wrk", first_line("wrk", "-v").split(" [")[0].removeprefix("wrk ")),
    ]


def unused(directory, name):
    """The name, or, where a result of that name is there, the same with the next number."""
    number, free = 1, name
    while list(directory.glob(f"{free}.*")):
        number += 1
        free = f"{name}-{number}"
    return free
