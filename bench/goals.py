"""The goals of the benchmark: a table, and what the measurements say to each."""

from collections.abc import Callable
from dataclasses import dataclass

from contenders import OWN

MIB = 1 << 20


@dataclass(frozen=True)
class Goal:
    title: str
    measure: Callable  # the number, from the results and the number of models; KeyError where it was not measured
    least: float = None
    most: float = None
    form: str = "{:.2f}x"


def times_faster(job, other):
    return lambda results, models: results[job][other].median / results[job]["greenml"].median


def ordinary_peak(series):
    if series.ordinary_peak_bytes is None:
        raise KeyError("peak memory with ordinary pages")
    return series.ordinary_peak_bytes


def bytes_per_model(job):
    return lambda results, models: (ordinary_peak(results[job]["greenml"]) - 32 * MIB) / models


def csv_of_ndjson(results, models):
    return results["top-csv"]["greenml"].median / results["top-ndjson"]["greenml"].median


def growth(results, models):
    return results["growth", 5_000_000]["greenml"].median / results["growth", 1_000_000]["greenml"].median


def ten_models(results, models):
    return results["ten"]["greenml"].median / results["ten"]["jq"].median


def growth_of(job):
    """How many times the processor time of the fewer models the more take, of which there are ten times as many."""

    def ratio(results, models):
        fewer, more = (results["own", job, size]["greenml"].processor_median for size in SIZES[job])
        return more / fewer

    return ratio


def own(job, number):
    return lambda results, models: number(results["own", job, SIZES[job][-1]]["greenml"])


def of_plain(style):
    """How many times the time of the same models, written plainly."""
    return lambda results, models: results["varied", style]["greenml"].median / results["varied", "plain"]["greenml"].median


SIZES = {job.key: job.sizes for job in OWN}

GOALS = (
    Goal("best 20 of JSON: faster than DuckDB", times_faster("top-json", "DuckDB"), least=3),
    Goal("best 20 of NDJSON: faster than DuckDB", times_faster("top-ndjson", "DuckDB"), least=1.7),
    Goal("best 20 of JSON: faster than jq", times_faster("top-json", "jq"), least=60),
    Goal("best 20 of CSV: faster than DuckDB", times_faster("top-csv", "DuckDB"), least=1),
    Goal("full CSV: faster than DuckDB", times_faster("csv", "DuckDB"), least=2),
    Goal("best 20 of JSON: peak memory a model, beyond 32 MiB", bytes_per_model("top-json"), most=100, form="{:.0f} B"),
    Goal("best 20 of NDJSON: peak memory a model, beyond 32 MiB", bytes_per_model("top-ndjson"), most=100, form="{:.0f} B"),
    Goal("full CSV: peak memory a model, beyond 32 MiB", bytes_per_model("csv"), most=160, form="{:.0f} B"),
    Goal("best 20 of CSV: time, of that of NDJSON", csv_of_ndjson, most=1),
    Goal("time of 5 million models, of that of 1 million", growth, most=5.5),
    *(
        Goal(f"{job.title}: processor time of {job.sizes[1]:,} models, of that of {job.sizes[0]:,}", growth_of(job.key), most=13)
        for job in OWN
    ),
    Goal("check --baseline of 1 million: processor time", own("check", lambda one: one.processor_median), most=5, form="{:.2f} s"),
    Goal("check --baseline of 1 million: peak memory a model", own("check", lambda one: ordinary_peak(one) / one.models), most=400,
         form="{:.0f} B"),
    Goal("plot as SVG of 100,000: time", own("plot", lambda one: one.median), most=3, form="{:.2f} s"),
    Goal("keys in another order in each model: time, of that of plain ones", of_plain("shuffled"), most=2.2),
    Goal("one model of twenty with a text with a unit: the same", of_plain("units"), most=1.15),
    Goal("one name of a hundred with an escape: the same", of_plain("escapes"), most=1.15),
    Goal("each member on a line of its own: the same", of_plain("pretty"), most=1.5),
    Goal("two unknown keys in each model: the same", of_plain("unknown"), most=1.15),
    Goal("time of ten models, of that of jq", ten_models, most=0.12),
)


def judge(goal, results, models):
    """The measured number, or None, and whether it is good enough."""
    try:
        value = goal.measure(results, models)
    except KeyError:
        return None, False
    return value, value >= goal.least if goal.least is not None else value <= goal.most
