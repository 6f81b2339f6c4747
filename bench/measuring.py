"""Runs contenders in turn and notes how long each took, how much memory it had, and what it found best."""

import contextlib
import csv
import ctypes
import itertools
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field

from contenders import Contender, Run

ERRORS_SHOWN = 300


class Failed(Exception):
    """A contender could not do the job."""


@dataclass
class Series:
    """What was measured of one contender at one job."""

    contender: Contender
    models: int
    seconds: list = field(default_factory=list)
    processor_seconds: list = field(default_factory=list)  # of all threads; not of a session
    peak_bytes: int = 0
    ordinary_peak_bytes: int = None  # of who asks for huge pages, where the system gives it none; None where it was not measured
    names: list = None  # of the best, once known

    @property
    def median(self):
        return statistics.median(self.seconds)

    @property
    def processor_median(self):
        return statistics.median(self.processor_seconds)


def say(text):
    print(text, file=sys.stderr, flush=True)


def peak_of(usage):
    """Linux counts in KiB. It counts from the parent's own peak, so this program must stay small: it holds no rankings."""
    return usage.ru_maxrss * 1024


@contextlib.contextmanager
def ordinary_pages():
    """Whoever is started within gets no huge pages, however it asks for them. Only Linux has them at all."""
    pr_set_thp_disable = 41  # linux/prctl.h
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(pr_set_thp_disable, 1, 0, 0, 0)
    try:
        yield
    finally:
        if prctl:
            prctl(pr_set_thp_disable, 0, 0, 0, 0)


def names_in_lines(lines):
    return [line.strip() for line in lines]


def names_in_table(lines):
    """The rows begin with the rank, and then comes the name."""
    rows = (line.split() for line in lines)
    return [row[1] for row in rows if row and row[0].isdigit()]


def names_in_csv(lines):
    return [row["name"] for row in itertools.islice(csv.DictReader(lines), 20)]


def count_lines(path):
    with open(path, "rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))


def names_in_ranking(series, run):
    """The best names, read where the contender left them. A full ranking must also be full."""
    if series.contender.floor or run.job.task == "own":
        return None
    if run.job.task == "csv" and not series.seconds and (rows := count_lines(run.ranking) - 1) != series.models:
        raise Failed(f"wrote {rows} of {series.models} models")
    read = names_in_csv if run.job.task == "csv" else names_in_table if series.contender.table else names_in_lines
    with open(run.ranking, encoding="utf-8") as lines:
        return read(lines)


class Command:
    """A contender that is started anew for each run, and timed from start to end."""

    def __init__(self, series, run):
        self.series, self.run = series, run
        self.errors = run.ranking + ".errors"
        self.arguments = series.contender.command(run)

    def run_once(self):
        """The seconds from start to end, and what the system says that it used."""
        # Floors are not to pay for writing.
        out = os.devnull if self.series.contender.floor else self.run.ranking
        create = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        actions = [(os.POSIX_SPAWN_OPEN, 1, out, create, 0o644), (os.POSIX_SPAWN_OPEN, 2, self.errors, create, 0o644)]
        start = time.perf_counter()
        process = os.posix_spawnp(self.arguments[0], self.arguments, os.environ, file_actions=actions)
        _, status, usage = os.wait4(process, 0)
        seconds = time.perf_counter() - start
        if status != 0:
            raise Failed(pathlib.Path(self.errors).read_text(errors="replace")[:ERRORS_SHOWN].strip() or f"status {status}")
        return seconds, usage

    def measure(self):
        seconds, usage = self.run_once()
        self.series.processor_seconds.append(usage.ru_utime + usage.ru_stime)
        return seconds, peak_of(usage), names_in_ranking(self.series, self.run)

    def measure_ordinary_peak(self):
        with ordinary_pages():
            _, usage = self.run_once()
        self.series.ordinary_peak_bytes = peak_of(usage)

    def close(self):
        pathlib.Path(self.errors).unlink(missing_ok=True)


class Session:
    """A contender that is started once and times each run itself, so that its start is not in the times."""

    def __init__(self, series, run):
        self.series, self.run = series, run
        self.process = subprocess.Popen(
            series.contender.command(run), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def measure(self):
        try:
            self.process.stdin.write("run\n")
            answer = json.loads(self.process.stdout.readline())
        except (OSError, json.JSONDecodeError) as error:
            raise Failed("ended before it answered") from error
        names = names_in_ranking(self.series, self.run) if self.run.job.task == "csv" else answer["names"]
        return answer["seconds"], 0, names

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.series.peak_bytes = peak_of(usage)


def measure_in_turn(contestants: list[tuple[Contender, Run, int]], repeat, quick):
    """Everyone once, and again, so that what disturbs the machine for a while disturbs all alike. Who fails is out.

    A contestant is a contender, its run, and the number of models; the series come back in the same order.
    """
    all_series, runners = [], []
    for contender, run, models in contestants:
        series = Series(contender, models)
        all_series.append(series)
        runners.append((Session if contender.session else Command)(series, run))
    for turn in range(repeat):
        for runner in list(runners):
            series = runner.series
            if quick and series.contender.slow and turn > 0:
                continue
            # An old ranking would have to be deleted within the time.
            pathlib.Path(runner.run.ranking).unlink(missing_ok=True)
            try:
                seconds, peak_bytes, names = runner.measure()
            except Failed as failure:
                say(f"FAILED: {series.contender.name}, {runner.run.job.title}, {series.models} models: {failure}")
                series.seconds.clear()
                runners.remove(runner)
                runner.close()
                continue
            series.seconds.append(seconds)
            series.peak_bytes = max(series.peak_bytes, peak_bytes)
            series.names = names
    for runner in runners:
        if runner.series.contender.asks_for_huge_pages:
            try:
                runner.measure_ordinary_peak()
            except Failed as failure:
                say(f"FAILED: {runner.series.contender.name} with ordinary pages: {failure}")
        runner.close()
    return [series for series in all_series if series.seconds]


def agree(series_of_all, title):
    """Whether all found the same to be best, in the same order; says aloud who did not. The first is who all must equal."""
    judged = [series for series in series_of_all if series.names is not None]
    different = [series.contender.name for series in judged if not series.names or series.names != judged[0].names]
    if different:
        say(f"WRONG: {title}: the best of {', '.join(different)} are not those of {judged[0].contender.name}")
    return not different
