"""The course of a run: start-ups, warm-up, alternating rounds.

The rule for throwing a round out, written before any figure: a round counts only if, on each of the two cores, the
time that neither was idle nor belongs to the processes under test (the contender on its core; backend and load
generator on theirs) stays within --max-foreign per cent of the round, 5 unless told otherwise; twice that at a fixed
rate, where the cores fall idle and wake thousands of times a second, which is nobody's time and makes up to 7 per
cent on a machine with nothing else on it. A round thrown out is repeated at once, at most twice; after that it is
missing. Nothing else throws a round out: a wrong answer ends the run, and so does a missing one in a round that would
count. Start-ups are too short for the
rule, so all of them count.
"""

import dataclasses
import resource
import time

from harness import answer, load, machine
from harness.contenders import CONTENDER_CORE, LOAD_CORE

ATTEMPTS = 3
REST_SECONDS = 2
WINDOW_SECONDS = 5
AGREEMENT = 0.03
LONGEST_WARM_UP = 120


@dataclasses.dataclass
class Round:
    """One line of the raw results. cpu_100k is None in start-up rounds, start_s in all others."""
    phase: str
    number: int
    attempt: int
    contender: str
    kept: bool
    start_s: float | None = None
    rss_mb: float | None = None
    requests: int | None = None
    rate: float | None = None
    cpu_s: float | None = None
    cpu_100k: float | None = None
    p50_ms: float | None = None
    p99_ms: float | None = None
    max_ms: float | None = None
    unsent: int | None = None
    busy_core_0: float | None = None
    foreign_core_0: float | None = None
    busy_core_1: float | None = None
    foreign_core_1: float | None = None


class Course:
    def __init__(self, options, body, backend, say):
        self.options, self.body, self.backend, self.say = options, body, backend, say
        minutes = getattr(options, "minutes", None)
        self.end = minutes and time.monotonic() + minutes * 60
        self.running = {}  # contender's name -> (Contender, Session); frozen unless it is its turn
        self.rounds = []

    def start_ups(self, contenders, times):
        """Starts each in turn and stops it again, with nothing else awake."""
        for number in range(1, times + 1):
            for contender in turned(contenders, number):
                begin = time.monotonic()
                session = contender.start()
                try:
                    answer.await_first(contender, session, self.body)
                    took = time.monotonic() - begin
                    time.sleep(REST_SECONDS)
                    rss = session.rss_mb()
                finally:
                    session.stop()
                self.rounds.append(Round("start", number, 1, contender.name, True, start_s=took, rss_mb=rss))
                self.say(f"start {number} {contender.name}: {took:.2f} s, {rss:.0f} MB at rest")

    def bring_up(self, contender):
        """Starts a contender for good, warms it until two windows agree, and freezes it."""
        session = contender.start()
        self.running[contender.name] = (contender, session)
        answer.await_first(contender, session, self.body)
        self.warm(contender)
        session.freeze()

    def warm(self, contender):
        begin, before = time.monotonic(), None
        while True:
            window = self.measure("warm", 0, 1, contender, self.saturating(contender, WINDOW_SECONDS))
            spent = time.monotonic() - begin
            agree = before and abs(window.cpu_100k / before - 1) <= AGREEMENT
            if not contender.warm_seconds or (agree and spent >= contender.warm_seconds):
                return self.say(f"warm {contender.name} after {spent:.0f} s: {window.cpu_100k:.2f} CPU s / 100,000")
            if spent > getattr(self.options, "longest_warm_up", LONGEST_WARM_UP):
                return self.say(f"warm {contender.name}: two windows never agreed within {AGREEMENT:.0%}; going on")
            before = window.cpu_100k

    def saturated(self):
        self.alternate("saturated", lambda contender: self.saturating(contender, self.options.seconds))

    def fixed_rate(self, client, rate):
        options = self.options
        self.alternate("fixed", lambda contender: lambda: load.paced(
            client, contender, rate, options.connections, options.seconds, self.body))

    def alternate(self, phase, work):
        """Rounds in which every contender has its turn, a different one first each time."""
        for number in range(1, self.options.rounds + 1):
            if self.late():
                return self.say(f"time is up after {number - 1} rounds")
            for name in turned(list(self.running), number):
                contender, session = self.running[name]
                session.thaw()
                answer.check(contender, self.body)
                self.saturating(contender, 1)()  # caches, connections, timers after the freeze
                for attempt in range(1, ATTEMPTS + 1):
                    measured = self.measure(phase, number, attempt, contender, work(contender))
                    self.rounds.append(measured)
                    self.say(spoken(measured))
                    if measured.kept or self.late():
                        break
                session.freeze()

    def late(self):
        """Whether the time that the run was given is used up; a round that has begun is brought to its end."""
        return self.end is not None and time.monotonic() > self.end

    def saturating(self, contender, seconds):
        return lambda: load.saturate(
            contender, self.options.connections, seconds, getattr(self.options, "method", "GET"), self.body)

    def measure(self, phase, number, attempt, contender, work):
        session = self.running[contender.name][1]
        before = self.clocks(session)
        result = work()
        wall, idle_0, idle_1, cpu, load_cpu = (b - a for a, b in zip(before, self.clocks(session)))
        foreign_0 = max(0, 1 - (idle_0 + cpu) / wall)
        foreign_1 = max(0, 1 - (idle_1 + load_cpu) / wall)
        kept = max(foreign_0, foreign_1) * 100 <= self.options.max_foreign * (2 if phase == "fixed" else 1)
        verify(contender, phase, result, self.body, counts=kept and phase != "warm")
        return Round(
            phase, number, attempt, contender.name, kept, rss_mb=session.rss_mb(), requests=result.requests, rate=result.rate, cpu_s=cpu,
            cpu_100k=cpu / result.requests * 100_000, p50_ms=result.p50_ms, p99_ms=result.p99_ms,
            max_ms=result.max_ms, unsent=result.unsent, busy_core_0=1 - idle_0 / wall, foreign_core_0=foreign_0,
            busy_core_1=1 - idle_1 / wall, foreign_core_1=foreign_1)

    def clocks(self, session):
        """Wall, idle of both cores, CPU of the contender, CPU of backend and ended load generators."""
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (time.monotonic(), machine.idle_seconds(CONTENDER_CORE), machine.idle_seconds(LOAD_CORE),
                session.cpu_seconds(), self.backend.cpu_seconds() + children.ru_utime + children.ru_stime)

    def stop(self):
        for _, session in self.running.values():
            session.stop()


def verify(contender, phase, result, body, counts):
    """Ends the run on any wrong answer, and on a missing one in a round that counts."""
    short = 0 < result.bytes_each < len(body)
    if result.wrong or short or (result.missing and counts):
        raise answer.WrongAnswer(f"{contender.name}, {phase}: {result.requests:,} answers, {result.wrong:,} wrong, "
                                 f"{result.missing:,} missing, {result.bytes_each:.0f} bytes each")


def turned(contenders, number):
    first = number % len(contenders)
    return contenders[first:] + contenders[:first]


def spoken(one):
    thrown = "" if one.kept else f"  thrown out: foreign {one.foreign_core_0:.1%} and {one.foreign_core_1:.1%}"
    return (f"{one.phase} {one.number} {one.contender}: {one.cpu_100k:.2f} CPU s / 100,000, {one.rate:,.0f} /s, "
            f"p50 {one.p50_ms:.2f} ms, p99 {one.p99_ms:.2f} ms{thrown}")
