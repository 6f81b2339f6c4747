What a catalog says that may be meant otherwise is said once, however many models it is about, and --quiet silences what
is a note only:

    $ cat >gpu.json <<X
    > [{"name": "a", "gpu": "V100", "top1": 80, "flops": "5 GFLOP"}, {"name": "b", "gpu": "V100", "top1": 81, "flops": "9 GFLOP"}]
    > X
    $ greenml rank gpu.json 2>&1 >table
    gpu.json: note: "gpu" is kept as a label, which nothing depends on (if it is the hardware, call the key hardware)
    gpu.json: note: "top1" is kept as a label, which nothing depends on (if it is the accuracy, call the key accuracy)
    gpu.json: note: numbers without a meaning to greenml, kept as labels: top1 (greenml list fields has the keys of quantities)
    note: ranked by flops: no model has a quality
    $ greenml rank gpu.json --quiet 2>&1 >table

A number without a unit that is hardly meant in the unit that it has then:

    $ cat >bare.json <<X
    > [{"name": "ResNet-18", "accuracy": 69.76, "flops": 1.8, "params": 11689512, "size": 45, "latency": 75},
    >  {"name": "ResNet-50", "accuracy": 76.13, "flops": 4.1, "params": 25557032}]
    > X
    $ greenml rank bare.json --quiet 2>&1 >table
    bare.json:1: warning: ResNet-18: flops: is read as 1.8 FLOP, fewer than its parameters (state the unit, as in "flops": "1.8 GFLOP" or "flops_gflop": 1.8; so with 1 more)
    bare.json:1: warning: ResNet-18: size: is read as 45 B, less than a bit for each of its parameters (state the unit, as in "size": "98 MB" or "size_mb": 98)
    bare.json:1: warning: ResNet-18: latency: is read as 1.25 min, more than a minute (state the unit, as in "latency": "4.12 ms" or "latency_ms": 4.12)

... which what the defaults say may explain:

    $ cat >power.json <<X
    > {"models": [{"name": "a", "accuracy": 80, "training_power": 30000}], "defaults": {"hardware_count": 8}}
    > X
    $ greenml rank power.json --by training_power 2>&1 >table
    $ sed -i 's/count": 8/count": 2/' power.json
    $ greenml rank power.json --by training_power 2>&1 >table
    power.json:1: warning: a: training_power: is read as 30 kW, more than 10 kW for each piece of hardware (state the unit, as in "training_power": "300 W" or "training_power_w": 300)

A limit says in which unit it was taken where none was typed:

    $ greenml rank bare.json --quiet --max latency=3.5 2>&1 | tail -n 1
    greenml: none of the 2 models is left: 2 by --max latency=3.5 (3.5 s) (not known: 1); the lowest latency is 1.25 min (ResNet-18)
    $ greenml rank bare.json --quiet --max latency_ms=3.5 2>&1 | tail -n 1
    greenml: none of the 2 models is left: 2 by --max latency_ms=3.5 (not known: 1); the lowest latency is 1.25 min (ResNet-18)

A key that other catalogs use for the name, and for what tells two models of one name apart:

    $ echo '[{"model": "a", "accuracy": 80}]' >model.json
    $ greenml rank model.json
    model.json:1:2: error: name: the model has no name (is it "model"? call that key name)
        [{"model": "a", "accuracy": 80}]
         ^
    [2]
    $ echo '[{"name": "a", "precision": "int8", "accuracy": 80}, {"name": "a", "precision": "fp32", "accuracy": 81}]' >twins.json
    $ greenml rank twins.json
    twins.json:1: error: a: is there already, in line 1 of twins.json (they differ in "precision": if that tells them apart, call it variant)
    [2]

Names that look alike and are not, also in a baseline:

    $ printf '[{"name": "ResNet", "accuracy": 80}, {"name": "R\320\265sNet", "accuracy": 80}]' >looks.json
    $ greenml rank looks.json 2>&1 >table
    looks.json: note: two names look alike and are not: "RеsNet" has U+0435 where "ResNet" has e (they are two models)
    note: ranked by accuracy: no model has a cost
    $ printf '[{"name": "Caf\303\251", "accuracy": 80}]' >now.json
    $ printf '[{"name": "Cafe\314\201", "accuracy": 70}]' >before.json
    $ greenml check now.json --baseline before.json --max-drop 5%
    CANNOT JUDGE: 0 of 1 requirement falls short, 1 cannot be judged
    verdict           model       measure  baseline  value  limit  by  required
    cannot be judged  all models  -               -      -      -   -  no model of the catalog is in the baseline: Café: "Café" has U+00E9 where "Café" has e; take a baseline of the same, or choose the labels that models are matched by, as in --match name,variant
    [2]
    $ printf '[{"name": "Net ", "accuracy": 80}, {"name": "Net", "accuracy": 80}]' >blank.json
    $ greenml rank blank.json 2>&1 >table
    blank.json: note: two names look alike and are not: "Net " has a blank where "Net" has nothing (they are two models)
    note: ranked by accuracy: no model has a cost

Chosen columns never leave out what tells two rows apart, and parameters are not taken for the cost without a word where
energy or latency is known of every model:

    $ echo '[{"name": "a", "quality_metric": "top-1", "accuracy": 50, "params": "3M", "energy": 5}, {"name": "a", "quality_metric": "top-5", "accuracy": 60, "params": "3M", "energy": 2}]' >columns.json
    $ greenml rank columns.json --mixed --columns accuracy
    note: the cost taken is params, since no model has FLOPs; every model has energy, which says more
    2 models by accuracy/Mparam, highest first
    #  model  quality_metric  accuracy
                                   (%)
    1  a      top-5                 60
    2  a      top-1                 50
    $ greenml rank columns.json --mixed --columns accuracy --format csv --quiet
    name,rank,quality_metric,accuracy_percent
    a,1,top-5,60
    a,2,top-1,50
    $ greenml pareto columns.json --mixed 2>&1 >table
    note: the cost taken is params, since no model has FLOPs; every model has energy, which says more

An error rate under "accuracy" would have the worst model come out best:

    $ echo '[{"name": "a", "accuracy": 9, "quality_metric": "WER", "flops": "1 GFLOP"}, {"name": "b", "accuracy": 60, "quality_metric": "top-1 error", "flops": "1 GFLOP"}]' >errors.json
    $ greenml rank errors.json 2>&1 >/dev/null | head -n 1
    errors.json: note: the quality of 2 models is taken as better when higher, and its quality_metric is "WER" (errors are better when fewer: their field is error_rate)
    $ echo '[{"name": "a", "accuracy": 91, "quality_metric": "top-1", "flops": "1 GFLOP"}, {"name": "b", "error_rate": 9, "quality_metric": "WER", "flops": "1 GFLOP"}]' | greenml rank - 2>&1 >/dev/null | grep -c better
    0
    [1]

As error rates they are what they are. Of ten models of the Open ASR Leaderboard (huggingface/open_asr_leaderboard), four are on the frontier of word error rate and speed:

    $ cat >asr.csv <<END
    > name,error_rate_percent,throughput_per_s
    > cohere-transcribe-03-2026,5.42,524.88
    > parakeet-tdt-0.6b-v2,6.05,3386.02
    > parakeet-tdt_ctc-110m,7.49,5345.14
    > stt_en_fastconformer_ctc_large,8.965,6399.25031
    > canary-qwen-2.5b,5.63,418.28
    > parakeet-tdt-0.6b-v3,6.32,3332.74
    > canary-1b-flash,6.35,1045.75
    > parakeet-ctc-0.6b,7.69,4281.529811
    > whisper-large-v3,7.44,145.5096549
    > stt_en_fastconformer_transducer_large,9.0575,4097.432343
    > END
    $ greenml pareto asr.csv --cost throughput --quiet
    4 of 10 models on the frontier of error rate and throughput
    model                           error rate  throughput  points gained  throughput added  price of a point
                                           (%)        (/s)                             (/s)              (/s)
    stt_en_fastconformer_ctc_large       8.965      6399            -                     -               -
    parakeet-tdt_ctc-110m                7.49       5345            1.475              1054             714.7
    parakeet-tdt-0.6b-v2                 6.05       3386            1.44               1959            1360
    cohere-transcribe-03-2026            5.42        524.9          0.63               2861            4541
