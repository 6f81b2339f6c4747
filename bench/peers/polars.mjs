// Ranks models with polars, as often as it is told to, and says how long each time took. It starts once, so that neither
// node nor the import of polars is in any time.
//
//     node polars.mjs top|csv json|ndjson|csv FILE [RANKING]
//
// Each line on standard input is one run; each is answered by a line of JSON: {"seconds": 1.5, "names": [...]}.

import { createInterface } from "node:readline";
import pl from "nodejs-polars";

const readers = {
  json: (file) => pl.readJSON(file, { format: "json" }),
  ndjson: (file) => pl.readJSON(file, { format: "lines" }),
  csv: (file) => pl.readCSV(file),
};

const ratio = pl.col("accuracy").div(pl.col("flops").div(1e9)).alias("accuracy_per_gflop");

// Several columns are sorted in one direction only: the best first is the negative ratio in rising order.
const ranked = (models) =>
  models.withColumn(ratio).sort([pl.col("accuracy_per_gflop").mul(-1), pl.col("name")], false, true);

const jobs = {
  top: (models) => ranked(models.filter(pl.col("accuracy").isNotNull().and(pl.col("flops").isNotNull()))).head(20),
  csv: (models, ranking) => ranked(models).writeCSV(ranking),
};

const run = (job, format, file, ranking) => {
  const start = performance.now();
  const result = jobs[job](readers[format](file), ranking);
  const names = job === "top" ? result.getColumn("name").toArray() : [];
  return { seconds: (performance.now() - start) / 1000, names };
};

const task = process.argv.slice(2);
for await (const _ of createInterface({ input: process.stdin })) console.log(JSON.stringify(run(...task)));
