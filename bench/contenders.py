"""The jobs of the benchmark and who does them: two tables, and how each contender is told what to do."""

import json
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

BENCH = pathlib.Path(__file__).resolve().parent
PEERS = BENCH / "peers"
DUCKDB = BENCH / "node_modules" / "@duckdb" / "node-api" / "package.json"
POLARS = BENCH / "node_modules" / "nodejs-polars" / "package.json"

LABELS = ("variant", "task", "dataset", "accuracy_metric", "family", "year", "hardware")
COLUMNS = ("name", *LABELS, "accuracy", "params", "size_mb", "flops", "latency_ms", "energy_j", "accuracy_per_gflop")


@dataclass(frozen=True)
class Job:
    key: str
    title: str
    task: str  # top: the best 20; csv: all of them; bare: only what cannot be avoided; own: no ranking
    format: str
    greenml: tuple = ()  # what greenml is told after the file; of its own tasks all, with FILE and RANKING for names
    only: tuple = ()  # the contenders that do it; none is all
    sizes: tuple = ()  # of a task of its own: with how many models it is measured


@dataclass(frozen=True)
class Run:
    """One contender's share of a job: all that its command depends on."""

    job: Job
    greenml: str
    parse_floor: str
    file: str
    ranking: str  # where the ranking goes


TOP = ("--top", "20")
SAME_COLUMNS = ",".join((*LABELS, "accuracy", "params", "size", "flops", "latency", "energy", "accuracy/gflop"))

JOBS = (
    Job("top-json", "The best 20, from a JSON array", "top", "json", TOP),
    Job("top-ndjson", "The best 20, from NDJSON", "top", "ndjson", TOP),
    Job("top-csv", "The best 20, from CSV", "top", "csv", TOP, ("greenml", "DuckDB", "polars")),
    Job("csv", "The full ranking as CSV, from a JSON array", "csv", "json", ("--format", "csv")),
    Job("csv-same", "The same, greenml told to write the columns that DuckDB does and no others", "csv", "json",
        ("--format", "csv", "--columns", SAME_COLUMNS), ("greenml", "DuckDB")),
)  # fmt: skip
GROWTH = Job("growth", "Time against size", "top", "json", TOP, ("greenml", "DuckDB", "simdjson", "cat"))
OWN_SIZES = (100_000, 1_000_000)
OWN = (
    Job("pareto", "pareto", "own", "json", ("pareto", "FILE"), ("greenml",), OWN_SIZES),
    Job("pareto-three", "pareto with three costs", "own", "json", ("pareto", "FILE", "--cost", "flops,params,latency"),
        ("greenml",), OWN_SIZES),
    Job("check", "check --baseline", "own", "json", ("check", "FILE", "--baseline", "FILE", "--max-drop", "accuracy=1%"),
        ("greenml",), OWN_SIZES),
    Job("explain", "explain", "own", "json", ("explain", "FILE", "resnet_152.in1k-00000000"), ("greenml",), OWN_SIZES),
    Job("plot", "plot as SVG", "own", "json", ("plot", "FILE", "--format", "svg", "-o", "RANKING"), ("greenml",),
        (10_000, 100_000)),
)  # fmt: skip
STYLES = ("shuffled", "units", "escapes", "pretty", "unknown")  # of bench/generate
VARIED = tuple(
    Job(style, f"The best 20, from JSON: {style}", "top", f"json-{style}" if style != "plain" else "json", TOP, ("greenml",))
    for style in ("plain", *STYLES)
)
TEN = Job("ten", "Ten models, from start to finish", "top", "json", TOP, ("greenml", "jq"))

JQ_MODELS = {"json": "inputs[]", "ndjson": "inputs"}
JQ = {
    "top": """[MODELS | select(.accuracy and .flops) | [-(.accuracy / (.flops / 1e9)), .name]]
              | sort | .[:20][] | .[1]""",
    "csv": f"""{json.dumps(COLUMNS)} as $columns | ($columns | @csv),
               ([MODELS | if .accuracy and .flops then .accuracy_per_gflop = .accuracy / (.flops / 1e9) else . end]
                | sort_by(.accuracy_per_gflop == null, -(.accuracy_per_gflop // 0), .name)[]
                | [.[$columns[]]] | @csv)""",
}

MILLER_INPUT = {"json": "--ijson", "ndjson": "--ijsonl"}
MILLER_RATIO = """if (is_present($accuracy) && is_present($flops)) {
                    $accuracy_per_gflop = $accuracy / ($flops / 1e9)
                  }"""
MILLER = {
    "top": ("--onidx", "cut", "-f", "name,accuracy,flops", "then", "put", MILLER_RATIO,
            "then", "top", "-n", "20", "-f", "accuracy_per_gflop", "-a",
            "then", "sort", "-nr", "accuracy_per_gflop", "-f", "name", "then", "cut", "-f", "name"),
    "csv": ("--ocsv", "put", MILLER_RATIO, "then", "sort", "-nr", "accuracy_per_gflop", "-f", "name",
            "then", "template", "-f", ",".join(COLUMNS)),
}  # fmt: skip


def greenml(run):
    if run.job.task == "own":
        return [run.greenml, *({"FILE": run.file, "RANKING": run.ranking}.get(word, word) for word in run.job.greenml)]
    return [run.greenml, "rank", run.file, *run.job.greenml]


def duckdb(run):
    return ["node", str(PEERS / "duckdb.mjs"), run.job.task, run.job.format, run.file, run.ranking]


def polars(run):
    return ["node", str(PEERS / "polars.mjs"), run.job.task, run.job.format, run.file, run.ranking]


def jq(run):
    return ["jq", "-rn", JQ[run.job.task].replace("MODELS", JQ_MODELS[run.job.format]), run.file]


def miller(run):
    return ["mlr", MILLER_INPUT[run.job.format], *MILLER[run.job.task], run.file]


def node(run):
    return ["node", str(PEERS / "rank.mjs"), run.job.task, run.job.format, run.file]


def python(run):
    return [sys.executable, str(PEERS / "rank.py"), run.job.task, run.job.format, run.file]


def simdjson(run):
    return [run.parse_floor, run.job.format, run.file]


def cat(run):
    return ["cat", run.file]


def first_line(*command):
    """What a program says of its version; nothing where it is not installed."""
    if not shutil.which(command[0]):
        return None
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    return said.stdout.partition("\n")[0] if said.returncode == 0 else None


def duckdb_version():
    return "@duckdb/node-api " + json.loads(DUCKDB.read_text())["version"] if DUCKDB.exists() and node_version() else None


def polars_version():
    return "nodejs-polars " + json.loads(POLARS.read_text())["version"] if POLARS.exists() and node_version() else None


def node_version():
    return first_line("node", "--version")


def simdjson_version():
    return first_line("pkg-config", "--modversion", "simdjson")


@dataclass(frozen=True)
class Contender:
    name: str
    command: Callable  # its arguments, for a Run
    version: Callable  # None where it is not installed
    slow: bool = False  # takes so long that --quick runs it once
    session: bool = False  # starts once, times every run itself and says the result
    floor: bool = False  # does less than the job: nobody can be much faster
    table: bool = False  # prints its best 20 as a table for people
    asks_for_huge_pages: bool = False  # so that its memory is measured without them too


CONTENDERS = (
    Contender("greenml", greenml, lambda: "", table=True, asks_for_huge_pages=True),
    Contender("DuckDB", duckdb, duckdb_version, session=True),
    Contender("polars", polars, polars_version, session=True),
    Contender("node", node, node_version, slow=True),
    Contender("Python", python, lambda: sys.version.split()[0], slow=True),
    Contender("jq", jq, lambda: first_line("jq", "--version"), slow=True),
    Contender("Miller", miller, lambda: first_line("mlr", "--version"), slow=True),
    Contender("simdjson", simdjson, simdjson_version, floor=True),
    Contender("cat", cat, lambda: first_line("cat", "--version"), floor=True),
)
