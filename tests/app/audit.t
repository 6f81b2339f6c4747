greenml audit: figures that cannot be right.

The catalogs that come with greenml hold none, or say why:

    $ for name in imagenet-cnn torchvision timm llm-energy training-footprints; do
    >   greenml audit "data/$name.json" --fail-on suspicious --quiet --format github
    > done
    greenml: 0 wrong, 0 suspicious in 46 models
    greenml: 0 wrong, 0 suspicious in 80 models
    greenml: 0 wrong, 0 suspicious in 1,556 models
    greenml: 0 wrong, 0 suspicious in 260 models
    ::notice file=data/training-footprints.json,line=46,title=Llama 3.3 70B / NVIDIA H100 / 1%3A training_co2 / training_energy (training_carbon)::Llama 3.3 70B / NVIDIA H100 / 1: training_co2 / training_energy is 2.633 g/kWh; usual is at least 7 g/kWh (a factor of 0.3761): a digit lost in the CO2e, or one too many in the energy? Check whether CO2e is in grams and energy in joules, and whether certificates are subtracted. Ignored: as the card prints it, which cannot be
    greenml: 0 wrong, 0 suspicious, 1 ignored in 41 models

A model card gives its CO2e in kilograms, where grams are asked; a metafile lost a digit, and counts MACs:

    $ cat > card.json <<'END'
    > [{"name": "card", "hardware": "NVIDIA L40S", "training_energy_kwh": 696.035, "training_co2": 83.524},
    >  {"name": "resnet34_8xb32_in1k", "params": 2180000, "flops": "3.68 GFLOP", "accuracy": 73.62},
    >  {"name": "resnet50_8xb32_in1k", "params": "25.56M", "flops": "8.2 GFLOP", "accuracy": 76.55}]
    > END
    $ greenml audit card.json
    2 wrong, 1 suspicious in 3 models
    level       model                line  rule             what                                figure  against                               factor  likely cause
    wrong       card / NVIDIA L40S      1  training_carbon  training_co2 / training_energy  0.12 g/kWh  at least 1 g/kWh                        0.12  kilograms taken for grams, or Wh for kWh
    wrong       resnet34_8xb32_in1k     2  reference        params                               2.18M  21.8M (imagenet-cnn ResNet-34)           0.1  a digit lost
    suspicious  resnet34_8xb32_in1k     2  reference        flops                           3.68 GFLOP  7.328 GFLOP (imagenet-cnn ResNet-34)  0.5022  multiply-accumulates taken for FLOPs
    [1]
    $ greenml audit card.json --format github
    ::error file=card.json,line=1,title=card / NVIDIA L40S%3A training_co2 / training_energy (training_carbon)::card / NVIDIA L40S: training_co2 / training_energy is 0.12 g/kWh; possible is at least 1 g/kWh (a factor of 0.12): kilograms taken for grams, or Wh for kWh? Check whether CO2e is in grams and energy in joules, and whether certificates are subtracted.
    ::error file=card.json,line=2,title=resnet34_8xb32_in1k%3A params (reference)::resnet34_8xb32_in1k: params is 2.18M; imagenet-cnn ResNet-34 has 21.8M (a factor of 0.1): a digit lost? Check the figure and its unit against the reference.
    ::warning file=card.json,line=2,title=resnet34_8xb32_in1k%3A flops (reference)::resnet34_8xb32_in1k: flops is 3.68 GFLOP; imagenet-cnn ResNet-34 has 7.328 GFLOP (a factor of 0.5022): multiply-accumulates taken for FLOPs? Check the figure and its unit against the reference.
    greenml: 2 wrong, 1 suspicious in 3 models
    [1]
    $ greenml audit card.json --format junit
    <?xml version="1.0"?>
    <testsuites name="greenml">
      <testsuite name="greenml audit card.json" tests="3" failures="2" errors="0" skipped="0">
        <testcase classname="greenml audit card.json" name="card / NVIDIA L40S: training_co2 / training_energy (training_carbon)" file="card.json" line="1">
          <failure message="card / NVIDIA L40S: training_co2 / training_energy is 0.12 g/kWh; possible is at least 1 g/kWh (a factor of 0.12): kilograms taken for grams, or Wh for kWh? Check whether CO2e is in grams and energy in joules, and whether certificates are subtracted." />
        </testcase>
        <testcase classname="greenml audit card.json" name="resnet34_8xb32_in1k: params (reference)" file="card.json" line="2">
          <failure message="resnet34_8xb32_in1k: params is 2.18M; imagenet-cnn ResNet-34 has 21.8M (a factor of 0.1): a digit lost? Check the figure and its unit against the reference." />
        </testcase>
        <testcase classname="greenml audit card.json" name="resnet34_8xb32_in1k: flops (reference)" file="card.json" line="2">
          <system-out>resnet34_8xb32_in1k: flops is 3.68 GFLOP; imagenet-cnn ResNet-34 has 7.328 GFLOP (a factor of 0.5022): multiply-accumulates taken for FLOPs? Check the figure and its unit against the reference.</system-out>
        </testcase>
      </testsuite>
    </testsuites>
    greenml: 2 wrong, 1 suspicious in 3 models
    [1]
    $ greenml audit card.json --format json | sed 2,3d
    greenml: 2 wrong, 1 suspicious in 3 models
    {
      "notes": [],
      "findings": [
        {"level": "wrong", "rule": "training_carbon", "name": "card", "variant": null, "task": null, "dataset": null, "quality_metric": null, "hardware": "NVIDIA L40S", "hardware_count": null, "what": "training_co2 / training_energy", "figure": 0.11999971265812782, "unit": "g/kWh", "against": "least", "other": 1, "whose": null, "factor": 0.11999971265812782, "likely_cause": "kilograms taken for grams, or Wh for kWh", "check": "whether CO2e is in grams and energy in joules, and whether certificates are subtracted", "reason": "grids are between wind and lignite with losses", "source": "IPCC 2014, AR5 WG3 annex III: 1 (hydropower) to 1,000 g/kWh (coal)", "ignored_because": null, "file": "card.json", "line": 1, "message": "card / NVIDIA L40S: training_co2 / training_energy is 0.12 g/kWh; possible is at least 1 g/kWh (a factor of 0.12): kilograms taken for grams, or Wh for kWh? Check whether CO2e is in grams and energy in joules, and whether certificates are subtracted."},
        {"level": "wrong", "rule": "reference", "name": "resnet34_8xb32_in1k", "variant": null, "task": null, "dataset": null, "quality_metric": null, "hardware": null, "hardware_count": null, "what": "params", "figure": 2180000, "unit": "count", "against": "reference", "other": 21797672, "whose": "imagenet-cnn ResNet-34", "factor": 0.10001068003959322, "likely_cause": "a digit lost", "check": "the figure and its unit against the reference", "reason": "a network has the same parameters and operations wherever it is listed", "source": "torchvision, timm and Bianco et al. 2018, as in data/", "ignored_because": null, "file": "card.json", "line": 2, "message": "resnet34_8xb32_in1k: params is 2.18M; imagenet-cnn ResNet-34 has 21.8M (a factor of 0.1): a digit lost? Check the figure and its unit against the reference."},
        {"level": "suspicious", "rule": "reference", "name": "resnet34_8xb32_in1k", "variant": null, "task": null, "dataset": null, "quality_metric": null, "hardware": null, "hardware_count": null, "what": "flops", "figure": 3680000000, "unit": "FLOP", "against": "reference", "other": 7328000000, "whose": "imagenet-cnn ResNet-34", "factor": 0.5021834061135371, "likely_cause": "multiply-accumulates taken for FLOPs", "check": "the figure and its unit against the reference", "reason": "a network has the same parameters and operations wherever it is listed", "source": "torchvision, timm and Bianco et al. 2018, as in data/", "ignored_because": null, "file": "card.json", "line": 2, "message": "resnet34_8xb32_in1k: flops is 3.68 GFLOP; imagenet-cnn ResNet-34 has 7.328 GFLOP (a factor of 0.5022): multiply-accumulates taken for FLOPs? Check the figure and its unit against the reference."}
      ]
    }
    $ greenml audit card.json --format csv | cut -c1-100
    greenml: 2 wrong, 1 suspicious in 3 models
    level,rule,name,variant,task,dataset,quality_metric,hardware,hardware_count,what,figure,unit,against
    wrong,training_carbon,card,,,,,NVIDIA L40S,,training_co2 / training_energy,0.11999971265812782,g/kWh
    wrong,reference,resnet34_8xb32_in1k,,,,,,,params,2180000,count,reference,21797672,imagenet-cnn ResNe
    suspicious,reference,resnet34_8xb32_in1k,,,,,,,flops,3680000000,FLOP,reference,7328000000,imagenet-c

Which rules, and from which level on:

    $ greenml audit card.json --rule reference --where name=resnet34*
    note: 2 of 3 models are left out: 2 by --where name=resnet34*
    1 wrong, 1 suspicious in 1 model
    level       model                line  rule       what        figure  against                               factor  likely cause
    wrong       resnet34_8xb32_in1k     2  reference  params       2.18M  21.8M (imagenet-cnn ResNet-34)           0.1  a digit lost
    suspicious  resnet34_8xb32_in1k     2  reference  flops   3.68 GFLOP  7.328 GFLOP (imagenet-cnn ResNet-34)  0.5022  multiply-accumulates taken for FLOPs
    [1]
    $ greenml audit card.json --ignore reference --ignore training_carbon
    0 wrong, 0 suspicious in 3 models
    level  model  line  rule  what  figure  against  factor  likely cause
    $ greenml audit card.json --where name=resnet50* --fail-on suspicious
    note: 2 of 3 models are left out: 2 by --where name=resnet50*
    0 wrong, 0 suspicious in 1 model
    level  model  line  rule  what  figure  against  factor  likely cause
    $ greenml audit card.json --rule referense
    greenml: --rule: "referense" is no rule of audit; did you mean reference?
    [2]
    $ greenml audit card.json --fail-on never
    greenml: --fail-on: unknown level "never"; known: wrong, suspicious
    [2]
    $ greenml audit card.json -o audit.json --rule reference
    greenml: 1 wrong, 1 suspicious in 3 models
    [1]
    $ greenml list rules --where name=pue
    1 rule
    name  compares  bounds                          reason                                                    source
    pue   pue       usual 1 to 3, possible 1 to 10  PUE is the energy of the site over that of its computers  Uptime Institute 2024: mean 1.56

A model can say why a figure is as it is. A remark without a reason ignores nothing:

    $ cat > remarks.json <<'END'
    > [{"name": "a", "training_energy": "100 kWh", "training_co2": "40 g", "audit": "ignore: printed so"},
    >  {"name": "b", "training_energy": "100 kWh", "training_co2": "40 g", "audit": "ignore pue: printed so"},
    >  {"name": "c", "training_energy": "100 kWh", "training_co2": "40 g", "audit": "ignore"}]
    > END
    $ greenml audit remarks.json
    warning: remarks.json:3: c: audit: "ignore" is no remark for audit; write "ignore: REASON", or "ignore RULE, RULE: REASON"
    2 wrong, 0 suspicious, 1 ignored in 3 models
    level    model  line  rule             what                               figure  against           factor  likely cause
    wrong    b         2  training_carbon  training_co2 / training_energy  0.4 g/kWh  at least 1 g/kWh     0.4  kilograms taken for grams, or Wh for kWh
    wrong    c         3  training_carbon  training_co2 / training_energy  0.4 g/kWh  at least 1 g/kWh     0.4  kilograms taken for grams, or Wh for kWh
    ignored  a         1  training_carbon  training_co2 / training_energy  0.4 g/kWh  at least 1 g/kWh     0.4  printed so
    [1]
    $ greenml audit remarks.json --where name=a
    note: 2 of 3 models are left out: 2 by --where name=a
    0 wrong, 0 suspicious, 1 ignored in 1 model
    level    model  line  rule             what                               figure  against           factor  likely cause
    ignored  a         1  training_carbon  training_co2 / training_energy  0.4 g/kWh  at least 1 g/kWh     0.4  printed so

Another catalog as a reference:

    $ echo '[{"name": "our-net", "params": "12M", "flops": "3 GFLOP"}]' > ours.json
    $ echo '[{"name": "Our Net", "params": 12, "flops": "3.1 GFLOP"}]' | greenml audit - --against ours.json
    1 wrong, 1 suspicious in 1 model
    level       model    line  rule             what                              figure  against                        factor  likely cause
    wrong       Our Net     1  reference        params                                12  12M (ours.json our-net)         1e-06  two unit prefixes too low: millions taken for ones
    suspicious  Our Net     1  flops_per_param  flops / params  258333333 FLOP/parameter  at most 100000 FLOP/parameter    2583  flops are two unit prefixes too high, or params are millions taken for ones
    [1]
    $ greenml audit ours.json --against missing.json
    greenml: cannot open missing.json: No such file or directory
    [2]

The networks that are built in are those of the catalogs; scripts/known-networks writes them:

    $ "$GREENML_ROOT/scripts/known-networks" --print | cmp - "$GREENML_ROOT/data/reference/networks.csv"
