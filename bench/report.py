"""The results as Markdown."""

import datetime
import os
import pathlib
import platform
import subprocess

from contenders import BENCH, CONTENDERS, GROWTH, JOBS, OWN, TEN, first_line
from goals import GOALS, MIB, judge


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def commit():
    said = subprocess.run(["git", "-C", BENCH, "describe", "--always", "--dirty", "--exclude=*"],
                          capture_output=True, text=True, check=False)  # fmt: skip
    return said.stdout.strip() or "unknown"


def linkage(program):
    """How many libraries it loads, the C library's own among them: much of the time of a start."""
    said = subprocess.run(["ldd", program], capture_output=True, text=True, check=False)  # fmt: skip
    return f"which loads {said.stdout.count('=>')} libraries" if said.returncode == 0 else "linked statically"


def table(heads, rows):
    """The first column is text, the others are numbers."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def seconds(value):
    return f"{value:.3f} s" if value >= 0.1 else f"{value * 1000:.2f} ms"


def peak(series):
    text = f"{series.peak_bytes / MIB:.0f} MiB"
    return text + f" ({series.ordinary_peak_bytes / MIB:.0f})" if series.ordinary_peak_bytes else text


def circumstances(greenml, greenml_version, repeat):
    versions = [f"{contender.name} {version}" for contender in CONTENDERS if (version := contender.version())]
    rows = [
        ["date", datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")],
        ["commit", f"{commit()} ({greenml_version})"],
        ["program", f"{os.path.relpath(greenml, BENCH.parent)}, {linkage(greenml)}"],
        ["processor", f"{processor()}, {len(os.sched_getaffinity(0))} cores"],
        ["kernel", f"{platform.system()} {platform.release()}"],
        ["compiler", first_line("c++", "--version") or "unknown"],
        ["peers", ", ".join(versions)],
        ["load when it began", f"{os.getloadavg()[0]:.1f}"],
        ["runs", f"{repeat} of each in turn; the medians are below"],
    ]
    lines = [["", ""], ["---", "---"], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def goals(results, models):
    rows = []
    for goal in GOALS:
        value, met = judge(goal, results, models)
        limit = "at least " + goal.form.format(goal.least) if goal.least is not None else "at most " + goal.form.format(goal.most)
        measured = "not measured" if value is None else goal.form.format(value)
        rows.append([goal.title, limit, measured, "-" if value is None else "met" if met else "**not met**"])
    return table(["goal", "limit", "measured", "met"], rows)


def job(title, by_name, models):
    base = by_name["greenml"].median
    rows = []
    for name, series in by_name.items():
        rows.append([
            name + (" (floor)" if series.contender.floor else ""),
            f"{series.median / base:.2f}x",
            seconds(series.median),
            f"{seconds(min(series.seconds))} - {seconds(max(series.seconds))}",
            peak(series),
            str(len(series.seconds)),
        ])  # fmt: skip
    heads = ["contender", "time, of greenml's", "median", "range", "peak memory", "runs"]
    return f"### {title}: {models:,} models\n\n" + table(heads, rows)


def sizes_of_growth(results):
    return sorted(key[1] for key in results if isinstance(key, tuple) and key[0] == GROWTH.key)


def own(results):
    rows = []
    for a_job in OWN:
        for size in a_job.sizes:
            if ("own", a_job.key, size) not in results:
                continue
            series = results["own", a_job.key, size]["greenml"]
            rows.append([a_job.title, f"{size:,}", seconds(series.median), seconds(series.processor_median),
                         peak(series)])  # fmt: skip
    return "### Other commands of greenml: time against size\n\n" + table(["command", "models", "time", "processor time", "peak memory"], rows)


def growth(results):
    sizes = sizes_of_growth(results)
    rows = []
    for size in sizes:
        by_name = results["growth", size]
        cells = [seconds(by_name[name].median) if name in by_name else "-" for name in GROWTH.only]
        median = by_name["greenml"].median
        rows.append([f"{size:,}", *cells, f"{median / size * 1e9:.0f} ns", peak(by_name["greenml"])])
    heads = ["models", *GROWTH.only, "greenml, a model", "greenml, peak memory"]
    return f"### {GROWTH.title}: the best 20, from a JSON array\n\n" + table(heads, rows)


NOTES = """\
The ranking is accuracy per GFLOP, best first, ties by name. Memory is the peak of the process, which for DuckDB and
polars includes node's; less than the 20 MiB or so of the measuring program cannot be seen. What stands beside greenml's
in brackets is its peak where the system gives it no huge pages, which the goals are about. DuckDB and polars are timed
without node's start, all others from start to end. DuckDB is told the types of the columns; all others find them.
Floors do less than the job: simdjson looks at every value and keeps nothing, cat only reads the file. In its CSV, greenml
also writes all its metrics and the Pareto frontier, and its tables show it.
"""

AGREEMENT = {
    True: "Each ranking was checked: all contenders agree on the best 20.\n",
    False: "**Something was wrong: contenders failed or did not agree on the best 20.**\n",
}


def markdown(results, models, repeat, sound, greenml, greenml_version):
    parts = ["# Results of the benchmark\n", circumstances(greenml, greenml_version, repeat), "## Goals\n", goals(results, models)]
    parts += ["## Measurements\n", NOTES, AGREEMENT[sound]]
    parts += [job(a_job.title, results[a_job.key], models) for a_job in JOBS if a_job.key in results]
    if sizes_of_growth(results):
        parts.append(growth(results))
    if any(isinstance(key, tuple) and key[0] == "own" for key in results):
        parts.append(own(results))
    if TEN.key in results:
        parts.append(job(TEN.title, results[TEN.key], 10))
    return "\n".join(parts)
