greenml rank: what it shows, and what it says beside it.

The article's figures (Bianco et al. 2018 and Cadene's accuracies): small nets lead, and of the most accurate, SENet-154
and NASNet-A-Large are among the last six.

    $ greenml rank data/imagenet-cnn.json --top 2 --quiet
    image-classification / ImageNet-1k / top-1: 46 models by accuracy/GFLOP, highest first, 2 shown
    #  model           accuracy  accuracy    FLOPs  pareto
                         /GFLOP       (%)  (MFLOP)
    1  MobileNetV2       119.4      71.88      602  yes
    2  SqueezeNet 1.1     83.45     58.25      698  no

    $ greenml rank data/imagenet-cnn.json --quiet | tail -6
    41  SENet-154                  1.96      81.3    41.49   yes
    42  VGG-19 BN                  1.891     74.27   39.26   no
    43  VGG-19                     1.836     72.08   39.26   no
    44  NASNet-A-Large             1.722     82.57   47.95   yes
    45  PNASNet-5-Large            1.645     82.74   50.28   yes
    46  PolyNet                    1.163     81      69.64   no

    $ greenml rank data/imagenet-cnn.json --top 1 >/dev/null
    note: this is almost the order of FLOPs alone, cheapest first (Spearman 0.9902): what is cheap leads, however inaccurate; say first what accuracy you need, as in --min accuracy=77%, or see greenml pareto

A limit takes models out, and a note says how many.

    $ greenml rank data/imagenet-cnn.json --min accuracy=80% --max params=60M
    note: 43 of 46 models are left out: 39 by --min accuracy=80%, 19 by --max params=60M
    note: this is the order of FLOPs alone, cheapest first (Spearman 1.0000): what is cheap leads, however inaccurate
    image-classification / ImageNet-1k / top-1: 3 models by accuracy/GFLOP, highest first
    #  model                   accuracy  accuracy    FLOPs  pareto
                                 /GFLOP       (%)  (GFLOP)
    1  SE-ResNeXt-101 (32x4d)     5.007     80.24    16.03  yes
    2  Inception-v4               3.253     80.06    24.61  no
    3  Inception-ResNet-v2        3.039     80.17    26.38  no

A field is ranked in its own direction; --reverse turns it round.

    $ greenml rank data/imagenet-cnn.json --by params --top 2
    image-classification / ImageNet-1k / top-1: 46 models by params, lowest first, 2 shown
    #  model           params  accuracy  pareto
                          (M)       (%)
    1  SqueezeNet 1.1   1.235     58.25  yes
    2  SqueezeNet 1.0   1.248     58.11  no
    $ greenml rank data/imagenet-cnn.json --by params --top 2 --reverse
    image-classification / ImageNet-1k / top-1: 46 models by params, highest first, 2 shown
     #  model      params  accuracy  pareto
                      (M)       (%)
    46  VGG-19 BN   143.7     74.27  no
    45  VGG-19      143.7     72.08  no

Ratios to a model that the limits leave out:

    $ greenml rank data/imagenet-cnn.json --min accuracy=81 --relative-to ResNet-50 --quiet
    image-classification / ImageNet-1k / top-1: 4 models by accuracy/GFLOP, highest first, ratio to ResNet-50
    #  model            accuracy   ratio  accuracy    FLOPs  pareto
                          /GFLOP               (%)  (GFLOP)
    1  SENet-154           1.96   0.2109     81.3     41.49  yes
    2  NASNet-A-Large      1.722  0.1853     82.57    47.95  yes
    3  PNASNet-5-Large     1.645  0.1771     82.74    50.28  yes
    4  PolyNet             1.163  0.1252     81       69.64  no

A name with several models asks for the variant.

    $ greenml rank data/timm.json --relative-to resnet50.a1_in1k
    greenml: --relative-to: 2 models are named "resnet50.a1_in1k"; name one with its variant: "resnet50.a1_in1k (288)"
    [2]
    $ greenml rank data/timm.json --relative-to 'resnet50.a1_in1k (288)' --by flops --top 1 --quiet
    image-classification / ImageNet-1k / top-1: 1,556 models by FLOPs, lowest first, 1 shown, ratio to resnet50.a1_in1k (288)
    #  model                            variant    FLOPs     ratio  accuracy  pareto
                                                 (MFLOP)                 (%)
    1  mobilenetv3_small_050.lamb_in1k  224           60  0.004412     57.92  no

Chosen columns:

    $ greenml rank data/imagenet-cnn.json --top 2 --columns family,params,accuracy/mparam --quiet
    image-classification / ImageNet-1k / top-1: 46 models by accuracy/GFLOP, highest first, 2 shown
    #  model           family      params  accuracy
                                      (M)   /Mparam
    1  MobileNetV2     MobileNet    3.505     20.51
    2  SqueezeNet 1.1  SqueezeNet   1.235     47.15

What was not stated is marked among them, for people and for programs:

    $ cat > computed.json <<'END'
    > [{"name": "stated", "params": 1, "energy": "1 kWh", "co2": 300},
    >  {"name": "computed", "params": 2, "energy": "1 kWh", "carbon_intensity": 400},
    >  {"name": "assumed", "params": 3, "energy": {"value": 1, "unit": "kWh", "method": "assumed"}, "carbon_intensity": 500}]
    > END
    $ greenml rank computed.json --by co2 --columns co2,params,energy --quiet
    3 models by CO2e, lowest first
    #  model     CO2e  how        params  energy  how
                  (g)                      (kWh)
    1  stated     300  -               1       1  -
    2  computed   400  derived         2       1  -
    3  assumed    500  estimated       3       1  assumed
    $ greenml rank computed.json --by co2 --columns co2,params,energy --format csv --quiet
    name,rank,co2_g,params,energy_j,derived
    stated,1,300,1,3600000,
    computed,2,400,2,3600000,co2
    assumed,3,500,3,3600000,co2:estimated
    $ greenml rank computed.json --by co2 --columns params --format csv --quiet
    name,rank,params
    stated,1,1
    computed,2,2
    assumed,3,3
    $ greenml rank computed.json --by co2 --columns derived,co2 --format csv --quiet
    name,rank,derived,co2_g
    stated,1,,300
    computed,2,co2,400
    assumed,3,co2:estimated,500

What depends on hardware is compared on the same hardware, unless it is asked for otherwise.

    $ greenml rank data/llm-energy.json --by energy --where task=chat --top 1
    note: 195 of 260 models are left out: 195 by --where task=chat
    note: 3 groups that cannot be compared with each other, by task, dataset, accuracy_metric, hardware; --mixed takes all together
    chat / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A100: 21 models by energy, lowest first, 1 shown
    #  model            energy  accuracy  pareto
                           (J)       (%)
    1  metaai/llama-7B   335.3     54.31  yes
    
    chat / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A40: 23 models by energy, lowest first, 1 shown
    #  model            energy  accuracy  pareto
                           (J)       (%)
    1  metaai/llama-7B   525.7     54.31  yes
    
    chat / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA V100: 21 models by energy, lowest first, 1 shown
    #  model            energy  accuracy  pareto
                           (J)       (%)
    1  metaai/llama-7B   335.9     54.31  yes
    $ greenml rank data/llm-energy.json --by energy --where task=chat --top 2 --mixed
    note: 195 of 260 models are left out: 195 by --where task=chat
    65 models by energy, lowest first, 2 shown
    #  model            hardware     energy  accuracy  pareto
                                        (J)       (%)
    1  metaai/llama-7B  NVIDIA A100   335.3     54.31  yes
    2  metaai/llama-7B  NVIDIA V100   335.9     54.31  no
    $ greenml rank data/llm-energy.json --by energy --where task=chat --top 2 --group-by task
    note: 195 of 260 models are left out: 195 by --where task=chat
    chat: 65 models by energy, lowest first, 2 shown
    #  model            hardware     energy  accuracy  pareto
                                        (J)       (%)
    1  metaai/llama-7B  NVIDIA A100   335.3     54.31  yes
    2  metaai/llama-7B  NVIDIA V100   335.9     54.31  no

Who chooses the groups is not told why they are apart, and cannot choose none as well.

    $ greenml rank data/torchvision.json --group-by family --min accuracy=84 > /dev/null
    note: 70 of 80 models are left out: 70 by --min accuracy=84
    note: 5 groups, by family
    note: in 1 of 5 groups this is the order of FLOPs alone, cheapest first (Spearman 1.0000): what is cheap leads, however inaccurate
    $ greenml rank data/torchvision.json --group-by family --mixed
    greenml: --group-by and --mixed are two answers to one question; give one of them
    [2]
    $ greenml plot data/torchvision.json --group-by family --mixed
    greenml: --group-by and --mixed are two answers to one question; give one of them
    [2]

A catalog without accuracies is ranked by its fields.

    $ greenml rank data/training-footprints.json
    note: training_power of 3 models is estimated from nameplate power, from which real power differs by up to 40 %
    greenml: no model has an accuracy and a cost to divide it by; rank by one of: params, training_flops, training_time, training_power, training_energy, training_co2, training_cost, pue, carbon_intensity
    [2]
    $ greenml rank data/training-footprints.json --by training_co2 --mixed --top 3
    note: training_power of 3 models is estimated from nameplate power, from which real power differs by up to 40 %
    note: 3 models without training_co2: last, and not ranked
    41 models by training CO2e, lowest first, 3 shown
    #  model                         variant      hardware       training CO2e  how
                                                                          (kg)
    1  Transformer (base)            -            NVIDIA P100            11.79  -
    2  Evolved Transformer (medium)  Google Iowa  Google TPU v2          14.3   -
    3  Transformer (big)             Google Iowa  Google TPU v2          18.9   -

    $ greenml rank data/torchvision.json --by energy
    greenml: no model has energy; rank by one of: accuracy_per_gflop, accuracy_per_mparam, accuracy_per_mb, netscore, accuracy, flops, params, size
    [2]

Models without the metric come last and are counted; a cost of 0 is not a missing one.

    $ cat > some.json <<'END'
    > [{"name": "b", "accuracy": 80, "energy": 2}, {"name": "a", "accuracy": 80, "energy": 2},
    >  {"name": "c", "accuracy": 90, "energy": 3}, {"name": "zero", "accuracy": 90, "energy": 0},
    >  {"name": "unknown", "accuracy": 90}]
    > END
    $ greenml rank some.json
    note: 1 model without accuracy_per_joule: last, and not ranked
    note: 1 model with a quantity of 0, for which accuracy_per_joule is not defined: last, and not ranked
    note: this is the order of energy alone, cheapest first (Spearman 1.0000): what is cheap leads, however inaccurate; say first what accuracy you need, as in --min accuracy=80%, or see greenml pareto
    5 models by accuracy/J, highest first
    #  model    accuracy  accuracy  energy  pareto
                      /J       (%)     (J)
    1  a              40        80       2  no
    1  b              40        80       2  no
    3  c              30        90       3  no
    -  unknown         -        90       -  -
    -  zero            -        90       0  yes

Standard input, pipes, several files, and lines:

    $ cat some.json | greenml rank - --top 1
    note: 1 model without accuracy_per_joule: last, and not ranked
    note: 1 model with a quantity of 0, for which accuracy_per_joule is not defined: last, and not ranked
    note: this is the order of energy alone, cheapest first (Spearman 1.0000): what is cheap leads, however inaccurate; say first what accuracy you need, as in --min accuracy=80%, or see greenml pareto
    5 models by accuracy/J, highest first, 1 shown
    #  model  accuracy  accuracy  energy  pareto
                    /J       (%)     (J)
    1  a            40        80       2  no
    $ mkfifo fifo; cat some.json > fifo & greenml rank fifo --top 1
    note: 1 model without accuracy_per_joule: last, and not ranked
    note: 1 model with a quantity of 0, for which accuracy_per_joule is not defined: last, and not ranked
    note: this is the order of energy alone, cheapest first (Spearman 1.0000): what is cheap leads, however inaccurate; say first what accuracy you need, as in --min accuracy=80%, or see greenml pareto
    5 models by accuracy/J, highest first, 1 shown
    #  model  accuracy  accuracy  energy  pareto
                    /J       (%)     (J)
    1  a            40        80       2  no
    $ printf '{"name": "x", "accuracy": 80, "energy": 1}\n{"name": "y", "accuracy": 80, "energy": 4}\n' > lines.ndjson
    $ greenml rank some.json lines.ndjson --columns energy
    note: 1 model without accuracy_per_joule: last, and not ranked
    note: 1 model with a quantity of 0, for which accuracy_per_joule is not defined: last, and not ranked
    note: this is the order of energy alone, cheapest first (Spearman 1.0000): what is cheap leads, however inaccurate; say first what accuracy you need, as in --min accuracy=80%, or see greenml pareto
    7 models by accuracy/J, highest first
    #  model    energy
                   (J)
    1  x             1
    2  a             2
    2  b             2
    4  c             3
    5  y             4
    -  unknown       -
    -  zero          0
    $ greenml rank lines.ndjson --format ndjson | greenml rank - --columns energy
    2 models by accuracy/J, highest first
    #  model  energy
                 (J)
    1  x           1
    2  y           4

Numbers and texts to files; a suffix names the format.

    $ greenml rank lines.ndjson -o out.csv && cut -d , -f 1,12 out.csv
    name,source
    x,
    y,
    $ greenml rank lines.ndjson --format markdown
    **2 models by accuracy/J, highest first**
    
    | \# | model | accuracy/J | accuracy (%) | energy (J) | pareto |
    | ---: | --- | ---: | ---: | ---: | --- |
    | 1 | x | 80 | 80 | 1 | yes |
    | 2 | y | 20 | 80 | 4 | no |
