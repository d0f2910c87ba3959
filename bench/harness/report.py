"""Turns rounds into tables: minimum, median and maximum of each figure, and ratios within the same round."""

import dataclasses
import statistics

from harness.rounds import Round

NGINX, SPRING = "nginx", "scg"
ENOUGH = 5


class Figures:
    def __init__(self, rounds):
        self.all = rounds
        self.rounds = [one for one in rounds if one.kept]

    def contenders(self, phase):
        return sorted({one.contender for one in self.all if one.phase == phase}, key=order)

    def kept(self, phase, contender):
        """How many rounds count, of how many that were run."""
        run = [one.kept for one in self.all if one.phase == phase and one.contender == contender]
        return f"{sum(run)} of {len(run)}"

    def by_round(self, phase, contender, field):
        return {one.number: getattr(one, field) for one in self.rounds
                if one.phase == phase and one.contender == contender}

    def spread(self, phase, contender, field, digits=2, scale=1):
        return shown([value * scale for value in self.by_round(phase, contender, field).values()], digits)

    def compared(self, phase, contender, to, field, how):
        """One value for each round that both have: neighbours in time, so that a slow minute hits both."""
        mine, theirs = (self.by_round(phase, name, field) for name in (contender, to))
        return [how(mine[number], theirs[number]) for number in mine if number in theirs]

    def ratio(self, phase, contender, to, field="cpu_100k"):
        return self.compared(phase, contender, to, field, lambda a, b: a / b)

    def scarce(self):
        """Contenders with too few rounds that count to be quoted."""
        return [f"{name} ({phase})" for phase in ("saturated", "fixed") for name in self.contenders(phase)
                if len(self.by_round(phase, name, "rate")) < ENOUGH]

    def median(self, phase, contender, field):
        values = self.by_round(phase, contender, field).values()
        return statistics.median(values) if values else None


def order(contender):
    known = ["gatehouse", NGINX, "haproxy", SPRING]
    return known.index(contender.split(",")[0]), contender


def shown(values, digits=2):
    if not values:
        return "–"
    low, middle, high = (f"{value:,.{digits}f}" for value in (min(values), statistics.median(values), max(values)))
    return f"{middle} ({low}–{high})"


def table(head, rows):
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    cells = ([cell.ljust(width) for cell, width in zip(line, widths)] for line in lines)
    return "\n".join("| " + " | ".join(line) + " |" for line in cells)


def saturated(figures):
    rows = [[name, figures.spread("saturated", name, "cpu_100k"),
             shown(figures.ratio("saturated", name, NGINX)), shown(figures.ratio("saturated", name, SPRING)),
             figures.spread("saturated", name, "rate", 0), figures.spread("saturated", name, "p50_ms"),
             figures.spread("saturated", name, "p99_ms"), figures.spread("saturated", name, "busy_core_0", 0, 100),
             figures.spread("saturated", name, "busy_core_1", 0, 100),
             figures.kept("saturated", name)] for name in figures.contenders("saturated")]
    return table(["saturated", "CPU s / 100,000", "× nginx", "× scg", "requests/s", "p50 ms", "p99 ms", "core 0 busy %",
                  "core 1 busy %", "rounds"], rows)


def fixed(figures, rate):
    rows = []
    for name in figures.contenders("fixed"):
        later = figures.compared("fixed", name, NGINX, "p99_ms", lambda a, b: a - b)
        unsent = figures.median("fixed", name, "unsent")
        rows.append([name, figures.spread("fixed", name, "rate", 0) + (" cannot keep up" if unsent else ""),
                     figures.spread("fixed", name, "p50_ms"),
                     figures.spread("fixed", name, "p99_ms"), shown(later), figures.spread("fixed", name, "max_ms"),
                     figures.spread("fixed", name, "cpu_100k"), figures.kept("fixed", name)])
    return table([f"fixed {rate:,.0f}/s", "requests/s", "p50 ms", "p99 ms", "p99 − nginx's", "max ms",
                  "CPU s / 100,000", "rounds"], rows)


def memory(figures):
    rows = [[name, figures.spread("start", name, "start_s"), figures.spread("start", name, "rss_mb", 0),
             figures.spread("saturated", name, "rss_mb", 0)] for name in figures.contenders("start")]
    return table(["start and memory", "first proxied answer s", "RSS MB at rest", "RSS MB under load"], rows)


def bars(figures):
    """Gatehouse against its goals. A bar that lies within the spread of the rounds is a tie."""
    own = "gatehouse"
    measured = [
        ("CPU at most 1.35 × nginx", figures.ratio("saturated", own, NGINX), 1.35),
        ("CPU at most 0.3 × Spring Cloud Gateway", figures.ratio("saturated", own, SPRING), 0.3),
        ("p99 at the fixed rate at most 2 ms above nginx's",
         figures.compared("fixed", own, NGINX, "p99_ms", lambda a, b: a - b), 2),
        ("first proxied answer within 0.5 s", list(figures.by_round("start", own, "start_s").values()), 0.5),
        ("RSS at rest under 150 MB", list(figures.by_round("start", own, "rss_mb").values()), 150)]
    rows = [[goal, shown(values), verdict(values, bar)] for goal, values, bar in measured if values]
    return table(["goal", "measured", "verdict"], rows) if rows else ""


def verdict(values, bar):
    if min(values) <= bar < max(values):
        return "tie (met at the median)" if statistics.median(values) <= bar else "tie (missed at the median)"
    return "met" if max(values) <= bar else "missed"


def render(figures, rate, setting):
    parts = [saturated(figures)]
    parts += [fixed(figures, rate)] if rate else []
    parts += [memory(figures)] if figures.contenders("start") else []
    parts += [bars(figures)]
    scarce = ", ".join(figures.scarce())
    parts += [f"**Not a result:** fewer than {ENOUGH} rounds count for {scarce}."] if scarce else []
    notes = "Median (minimum–maximum) of the rounds that count. Ratios and differences are taken within each " \
            "round, so their median need not be that of the medians."
    return "\n\n".join(part for part in [*parts, notes, table(["run", ""], [list(row) for row in setting])] if part)


def raw(rounds):
    """All rounds, the thrown-out ones too, tab-separated."""
    names = [field.name for field in dataclasses.fields(Round)]
    lines = ["\t".join(names)]
    for one in rounds:
        values = (getattr(one, name) for name in names)
        lines.append("\t".join("" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
                               for value in values))
    return "\n".join(lines) + "\n"
