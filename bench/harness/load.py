"""The two loads: wrk as fast as it goes, and Paced.java at a fixed rate."""

import dataclasses
import subprocess

from harness.contenders import BENCH, LOAD_CORE

PACED_WARM_SECONDS = 2


@dataclasses.dataclass
class Load:
    requests: int  # all that were answered, those of the client's own warm-up too
    seconds: float
    wrong: int  # answered, but not with 200 and the expected length
    missing: int  # connection refused or broken, or no answer within two seconds
    p50_ms: float
    p99_ms: float
    max_ms: float
    bytes_each: float = 0  # 0 where the client checks each length itself
    unsent: int = 0  # were due, but every connection was still waiting for an answer: the contender cannot keep up

    @property
    def rate(self):
        return self.requests / self.seconds


def pinned(*command):
    out = subprocess.run(["taskset", "-c", str(LOAD_CORE), *map(str, command)], capture_output=True, text=True)
    lines = [line for line in out.stdout.splitlines() if line.startswith("REPORT\t")]
    if out.returncode or not lines:
        raise RuntimeError(f"{command[0]} failed: {out.stdout}{out.stderr}")
    return [float(field) for field in lines[0].split("\t")[1:]]


def saturate(contender, connections, seconds, method="GET", body=b""):
    script, *arguments = ("post.lua", len(body)) if method == "POST" else contender.script
    headers = {"Host": contender.host, **contender.headers()}
    requests, size, micros, status, socket, p50, p99, longest = pinned(
        "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", BENCH / "load" / script,
        *(part for name, value in headers.items() for part in ("-H", f"{name}: {value}")),
        f"http://127.0.0.1:{contender.port}{contender.path}", "--", *arguments)
    return Load(int(requests), micros / 1e6, int(status), int(socket), p50 / 1000, p99 / 1000, longest / 1000,
                size / max(requests, 1))


def compile_paced(java, directory):
    subprocess.run([f"{java}/bin/javac", "-d", str(directory), str(BENCH / "load/Paced.java")], check=True)
    return [f"{java}/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", directory, "Paced"]


def paced(client, contender, rate, connections, seconds, body):
    good, wrong, missing, unsent, elapsed, p50, p99, longest = pinned(
        *client, contender.port, contender.path, contender.host, rate, connections, PACED_WARM_SECONDS, seconds,
        len(body))
    return Load(int(good), elapsed, int(wrong), int(missing), p50 / 1000, p99 / 1000, longest / 1000, unsent=int(unsent))
