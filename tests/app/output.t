Where the output goes, and what happens when it cannot.

    $ greenml rank data/imagenet-cnn.json --quiet > /dev/full
    greenml: cannot write to standard output: No space left on device
    [2]
    $ greenml rank data/imagenet-cnn.json --quiet -o /dev/full
    greenml: cannot write to /dev/full: No space left on device
    [2]
    $ greenml --help > /dev/full
    greenml: cannot write to standard output: No space left on device
    [2]
    $ greenml list units >&-
    greenml: cannot write to standard output: Bad file descriptor
    [2]

A reader that goes away is no news:

    $ (greenml rank data/timm.json --format json --quiet; echo "[$?]" >&2) | head -c 10
    {
      "ranke[141]

What cannot be opened cannot be written:

    $ greenml rank data/imagenet-cnn.json --quiet -o missing/out.csv
    greenml: cannot write to missing/out.csv: No such file or directory
    [2]
    $ greenml rank data/imagenet-cnn.json --quiet -o .
    greenml: cannot write to .: Is a directory
    [2]

A file is replaced as a whole, with its mode, through its links, and nothing is left beside it.

    $ echo old > out.csv; chmod 600 out.csv; ln -s out.csv link.csv
    $ greenml rank data/imagenet-cnn.json --quiet -o link.csv
    $ ls -l link.csv out.csv | cut -c 1-10; wc -l < out.csv; ls
    lrwxrwxrwx
    -rw-------
    47
    data
    link.csv
    out.csv

Or not at all:

    $ mkdir full; echo old > full/out.csv
    $ (export LLVM_PROFILE_FILE=/dev/null; ulimit -f 1; greenml rank data/timm.json --quiet -o full/out.csv)
    greenml: cannot write to full/out.csv: File too large
    [2]
    $ cat full/out.csv; ls full
    old
    out.csv

Nor where it is a file that is read:

    $ echo '[{"name": "x", "accuracy": 5, "energy": 3}]' > models.json; ln models.json copy.json
    $ greenml rank models.json -o models.json
    greenml: cannot write to models.json: this run reads it; name another file
    [2]
    $ greenml rank models.json -o copy.json
    greenml: cannot write to copy.json: this run reads it, as models.json; name another file
    [2]
    $ greenml rank models.json >> models.json
    greenml: cannot write to standard output: this run reads it, as models.json; name another file
    [2]
    $ cat models.json
    [{"name": "x", "accuracy": 5, "energy": 3}]

A device is written to, not replaced.

    $ greenml rank data/imagenet-cnn.json --quiet --top 1 -o /dev/stdout --format ndjson | wc -l
    1

A suffix names the format, in any case, and none is made up for a suffix that names nothing:

    $ greenml rank models.json -o out.jsonl; greenml rank models.json --format ndjson | cmp - out.jsonl
    $ greenml rank models.json -o OUT.JSON; head -c 14 OUT.JSON
    {
      "ranked_by (no-eol)
    $ greenml rank models.json -o out.txt; head -1 out.txt
    1 model by accuracy/J, highest first
    $ greenml rank models.json -o out.pdf
    greenml: out.pdf: greenml does not write .pdf files; name it .txt, .csv, .tsv, .json, .ndjson, .md, .xlsx, .tex; or say --format
    [2]
    $ greenml check models.json --min accuracy=1% -o out.junit
    greenml: out.junit: greenml does not write .junit files; name it .txt, .csv, .tsv, .json, .ndjson, .md, .xlsx, .tex; or say --format
    [2]
    $ greenml rank models.json --format table -o out.v2; greenml rank models.json -o no-suffix; cmp out.v2 no-suffix

Notes go to standard error and can be silenced; the result is the same.

    $ greenml rank data/imagenet-cnn.json 2>/dev/null > one; greenml rank data/imagenet-cnn.json --quiet > two 2> err; cmp one two; cat err

Colour is for terminals, or when asked for; a terminal test looks at the rest.

    $ greenml rank data/imagenet-cnn.json --quiet --top 1 --color always | cat -v
    ^[[1mimage-classification / ImageNet-1k / top-1: 46 models by accuracy/GFLOP, highest first, 1 shown^[[0m
    ^[[2m#  model        accuracy  accuracy    FLOPs  pareto^[[0m
    ^[[2m                  /GFLOP       (%)  (MFLOP)^[[0m
    1  MobileNetV2     119.4     71.88      602  yes
    $ NO_COLOR=1 greenml rank data/imagenet-cnn.json --quiet --top 1 --color always | grep -c '^.\[1m'
    1

The columns for programs are the same, whatever the rows:

    $ greenml rank data/imagenet-cnn.json --format csv --quiet | head -1
    name,variant,task,dataset,quality_metric,functional_unit,hardware,hardware_count,grid,family,year,url,source,notes,rank,pareto,derived,accuracy_percent,error_rate_percent,score,loss,flops,params,active_params,size_bytes,memory_bytes,latency_s,throughput_per_s,energy_j,co2_g,training_flops,training_time_s,training_power_w,training_energy_j,training_co2_g,training_cost_usd,pue,carbon_intensity_g_per_kwh,accuracy_per_gflop,accuracy_per_mparam,accuracy_per_mb,accuracy_per_ms,accuracy_per_joule,accuracy_per_gco2,accuracy_per_training_hour,accuracy_per_training_kwh,accuracy_per_training_kgco2,accuracy_per_training_eflop,accuracy_per_training_usd,netscore
    $ echo '[{"name": "x", "accuracy": 5, "energy": 3}]' | greenml rank - --format csv
    name,variant,task,dataset,quality_metric,functional_unit,hardware,hardware_count,grid,family,year,url,source,notes,rank,pareto,derived,accuracy_percent,error_rate_percent,score,loss,flops,params,active_params,size_bytes,memory_bytes,latency_s,throughput_per_s,energy_j,co2_g,training_flops,training_time_s,training_power_w,training_energy_j,training_co2_g,training_cost_usd,pue,carbon_intensity_g_per_kwh,accuracy_per_gflop,accuracy_per_mparam,accuracy_per_mb,accuracy_per_ms,accuracy_per_joule,accuracy_per_gco2,accuracy_per_training_hour,accuracy_per_training_kwh,accuracy_per_training_kgco2,accuracy_per_training_eflop,accuracy_per_training_usd,netscore
    x,,,,,,,,,,,,,,1,yes,,5,,,,,,,,,,,3,,,,,,,,,,,,,,1.6666666666666667,,,,,,,
    $ echo '[{"name": "=x", "accuracy": 5, "energy": 3}]' | greenml rank - --format csv --csv-raw --delimiter ';' | cut -c 1-20
    name;variant;task;da
    =x;;;;;;;;;;;;;;1;ye

For a paper, a table with the rules of booktabs; no text in it is a command:

    $ echo '[{"name": "a_b & 50% \\\\input{x} $1$ #2 ~^ -- *", "accuracy": 50, "flops": 1e9}]' >latex.json
    $ greenml rank latex.json -o ranking.tex --quiet && cat ranking.tex
    % 1 model by accuracy/GFLOP, highest first
    \begin{tabular}{rlrrrl}
    \toprule
    \# & model & accuracy/GFLOP & accuracy (\%) & FLOPs (GFLOP) & pareto \\
    \midrule
    1 & a\_b \& 50\% \textbackslash{}input\{x\} \$1\$ \#2 \textasciitilde{}\textasciicircum{} -{}- {*} & 50 & 50 & 1 & yes \\
    \bottomrule
    \end{tabular}
    $ greenml rank latex.json --format latex --quiet | cmp - ranking.tex

For a spreadsheet that writes commas before decimals, which is read again:

    $ greenml rank "$GREENML_ROOT/data/imagenet-cnn.json" --columns accuracy,flops --top 2 --format csv --decimal , --quiet
    name;rank;accuracy_percent;flops
    MobileNetV2;1;71,878;602000000
    SqueezeNet 1.1;2;58,25;698000000
    $ greenml rank "$GREENML_ROOT/data/imagenet-cnn.json" -o comma.csv --decimal , --quiet
    $ greenml rank "$GREENML_ROOT/data/imagenet-cnn.json" -o point.csv --quiet
    $ greenml rank comma.csv --input-decimal , --format csv --quiet >again.csv; greenml rank point.csv --format csv --quiet | cmp - again.csv
Services that watch numbers over time get each quantity of each model as a series of its own:

    $ echo '[{"name": "net", "variant": "int8", "accuracy": 50, "flops": 1e9}, {"name": "net", "accuracy": 60, "flops": 2e9}]' >trend.json
    $ greenml rank trend.json --columns accuracy,flops --format bencher --quiet
    {
      "net / int8": {
        "accuracy_percent": {"value": 50},
        "flops": {"value": 1000000000}
      },
      "net": {
        "accuracy_percent": {"value": 60},
        "flops": {"value": 2000000000}
      }
    }
    $ greenml rank trend.json --columns flops --format benchmark-action --quiet
    [
      {"name": "net / int8: flops", "unit": "FLOP", "value": 1000000000},
      {"name": "net: flops", "unit": "FLOP", "value": 2000000000}
    ]

    $ greenml rank latex.json --format csv --decimal , --delimiter ,
    greenml: --decimal ,: a comma cannot stand between cells too; leave out --delimiter: it is ; then
    [2]
    $ greenml rank latex.json --format csv --decimal x
    greenml: --decimal: "x" stands before no decimals; . or ,
    [2]

An option that the format has not is said to do nothing; a further report may have it:

    $ echo '[{"name": "a", "accuracy": 50}]' > one.json
    $ greenml rank one.json --csv-bom --decimal , --delimiter ';' --csv-raw > /dev/null
    note: --delimiter has no effect on the format table, only on csv
    note: --decimal has no effect on the format table, only on csv and tsv
    note: --csv-raw has no effect on the format table, only on csv and tsv
    note: --csv-bom has no effect on the format table, only on csv
    note: ranked by accuracy: no model has a cost
    $ greenml rank one.json --csv-bom --format csv | head -c 3 | od -An -tx1
    note: ranked by accuracy: no model has a cost
     ef bb bf
    $ greenml check one.json --min accuracy=10 --csv-bom --report csv=bom.csv > /dev/null && head -c 3 bom.csv | od -An -tx1
     ef bb bf
