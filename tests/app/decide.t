pareto, compare, explain, disagree: from accuracy and cost to a decision.

The two that a ratio puts last are on the frontier:

    $ greenml pareto data/imagenet-cnn.json | tail -3
    SENet-154                  81.3    41.49           1.068      25.47             23.84
    NASNet-A-Large             82.57   47.95           1.262       6.461             5.12
    PNASNet-5-Large            82.74   50.28           0.17        2.329            13.7
    $ greenml pareto data/timm.json --hull | head -4
    note: 94 models are not comparable: without accuracy or FLOPs
    image-classification / ImageNet-1k / top-1: 37 of 1,556 models on the frontier of accuracy and FLOPs, 16 on its hull
    model                                           variant  accuracy    FLOPs  points gained  FLOPs added  price of a point
                                                                  (%)  (GFLOP)                     (GFLOP)           (GFLOP)
    tinynet_e.in1k                                  106         59.87     0.06          -             -             -
    $ greenml pareto data/imagenet-cnn.json --cost params,flops --min accuracy=80
    note: 39 of 46 models are left out: 39 by --min accuracy=80
    image-classification / ImageNet-1k / top-1: 5 of 7 models on the frontier of accuracy and params and FLOPs
    model                   accuracy  params    FLOPs
                                 (%)     (M)  (GFLOP)
    Inception-v4               80.06   42.68    24.61
    SE-ResNeXt-101 (32x4d)     80.24   48.96    16.03
    PNASNet-5-Large            82.74   86.06    50.28
    NASNet-A-Large             82.57   88.75    47.95
    SENet-154                  81.3   115.1     41.49
    $ greenml pareto data/imagenet-cnn.json --all --min accuracy=80%
    note: 39 of 46 models are left out: 39 by --min accuracy=80%
    image-classification / ImageNet-1k / top-1: 4 of 7 models on the frontier of accuracy and FLOPs
    model                   accuracy    FLOPs  points gained  FLOPs added  price of a point  verdict
                                 (%)  (GFLOP)                     (GFLOP)           (GFLOP)
    SE-ResNeXt-101 (32x4d)     80.24    16.03          -            -                  -     on the frontier
    SENet-154                  81.3     41.49          1.068       25.47              23.84  on the frontier
    NASNet-A-Large             82.57    47.95          1.262        6.461              5.12  on the frontier
    PNASNet-5-Large            82.74    50.28          0.17         2.329             13.7   on the frontier
    Inception-ResNet-v2        80.17    26.38          -            -                  -     beaten by SE-ResNeXt-101 (32x4d): +0.066 points at 0.6075x the FLOPs
    Inception-v4               80.06    24.61          -            -                  -     beaten by SE-ResNeXt-101 (32x4d): +0.174 points at 0.6512x the FLOPs
    PolyNet                    81       69.64          -            -                  -     beaten by PNASNet-5-Large: +1.734 points at 0.722x the FLOPs
    $ greenml rank data/imagenet-cnn.json --min accuracy=81 --columns pareto --quiet
    image-classification / ImageNet-1k / top-1: 4 models by accuracy/GFLOP, highest first
    #  model            pareto
    1  SENet-154        yes
    2  NASNet-A-Large   yes
    3  PNASNet-5-Large  yes
    4  PolyNet          no

Each number for programs, and read again as a catalog:

    $ greenml pareto data/imagenet-cnn.json --min accuracy=82 --format json --quiet | sed 's/, "task.*"pareto"/ ... "pareto"/; s/, "flops".*/ .../'
    {
      "frontier_of": "flops",
      "notes": ["44 of 46 models are left out: 44 by --min accuracy=82"],
      "models": [
        {"name": "NASNet-A-Large", "variant": null ... "pareto": "yes", "points_gained": null, "added_flops": null, "price_of_a_point_flops": null, "derived": null, "accuracy_percent": 82.566, "error_rate_percent": null, "score": null, "loss": null ...
        {"name": "PNASNet-5-Large", "variant": null ... "pareto": "yes", "points_gained": 0.1700000000000017, "added_flops": 2328660000, "price_of_a_point_flops": 13697999999.999863, "derived": null, "accuracy_percent": 82.736, "error_rate_percent": null, "score": null, "loss": null ...
      ]
    }
    $ greenml pareto data/llm-energy.json --where task=chat --cost energy --all --format ndjson --quiet | greenml rank - --by energy --top 1 --quiet | head -4
    chat / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A100: 21 models by energy, lowest first, 1 shown
    #  model            energy  accuracy  pareto
                           (J)       (%)
    1  metaai/llama-7B   335.3     54.31  yes

What is no cost, and what has none:

    $ greenml pareto data/timm.json --cost accuracy
    greenml: --cost: accuracy is no cost; name a field that is a cost: flops, params, latency, energy
    [2]
    $ greenml pareto data/timm.json --cost energy
    greenml: no model has accuracy and energy
    [2]
    $ greenml pareto data/timm.json --cost flps
    greenml: --cost: "flps" is no field or metric; did you mean flops?
    [2]
    $ greenml pareto data/timm.json --cost flops,params --hull
    greenml: --hull is for one cost; prices of a point need one
    [2]
    $ greenml pareto data/training-footprints.json
    note: training_power of 3 models is estimated from nameplate power, from which real power differs by up to 40 %
    greenml: no model has a quality, so that a frontier needs two costs; as in --cost energy,latency
    [2]
    $ echo '[{"name": "a", "accuracy": 5, "energy": 1}, {"name": "b", "accuracy": 5}]' | greenml pareto - --all
    note: 1 model is not comparable: without accuracy or energy
    1 of 2 models on the frontier of accuracy and energy
    model  accuracy  energy  points gained  energy added  price of a point  verdict
                (%)     (J)                          (J)               (J)
    a             5       1              -             -                 -  on the frontier
    b             5       -              -             -                 -  not comparable

Side by side:

    $ greenml compare data/imagenet-cnn.json ResNet-50 MobileNetV2
    2 models, compared with ResNet-50
                     ResNet-50    MobileNetV2
    family           ResNet       MobileNet
    accuracy         76%          71.88%  5.426 % less, worse
    FLOPs            8.178 GFLOP  602 MFLOP  92.64 % less, better
    params           25.56M       3.505M  86.29 % less, better
    accuracy/GFLOP   9.293        119.4  12.85 times, better
    accuracy/Mparam  2.974        20.51  6.896 times, better
    NetScore         55.04        74.03 better
    $ cat > two.json <<'END'
    > [{"name": "big", "variant": "fp32", "accuracy": 80, "training_energy": "2 MWh", "energy": "2 J", "training_co2": "1 t", "co2": "1 mg"},
    >  {"name": "big", "variant": "pruned", "accuracy": 79, "training_energy": "2.5 MWh", "energy": "1 J", "training_co2": "2 t", "co2": "2 mg"}]
    > END
    $ greenml compare two.json 'big (fp32)' 'big (pruned)'
    2 models, compared with big (fp32)
                              big (fp32)  big (pruned)
    variant                   fp32        pruned
    accuracy                  80%         79%  1.25 % less, worse
    energy                    2 J         1 J  50 % less, better
    CO2e                      1 mg        2 mg  2 times, worse
    training energy           2 MWh       2.5 MWh  25 % more, worse
    training CO2e             1 t         2 t  2 times, worse
    accuracy/J                40          79  97.5 % more, better
    accuracy/gCO2e            80000       39500  50.62 % less, worse
    accuracy/training kWh     0.04        0.0316  21 % less, worse
    accuracy/training kgCO2e  0.08        0.0395  50.62 % less, worse
    break-even in energy      -           big (pruned) has paid for itself after 1.8B inferences
    break-even in CO2e        -           big (pruned) never pays for itself
    $ greenml compare two.json 'big (fp32)' 'big (pruned)' --format csv | tail -4
    break_even_energy,,big,fp32,,,,
    break_even_energy,,big,pruned,big (pruned) has paid for itself after 1.8B inferences,1800000000,,
    break_even_co2,,big,fp32,,,,
    break_even_co2,,big,pruned,big (pruned) never pays for itself,,,
    $ greenml compare two.json big 'big (pruned)'
    greenml: 2 models are named "big"; name one with its variant: "big (fp32)"
    [2]
    $ greenml compare two.json 'big (fp32)' bigg
    greenml: no model is named "bigg"; did you mean "big"?
    [2]
    $ greenml compare two.json 'big (fp32)'
    greenml: a comparison needs two models; greenml compare CATALOG NAME NAME...
    [2]
    $ greenml compare two.json 'big (fp32)' 'big (fp32)'
    greenml: "big (fp32)" is named twice
    [2]

Every number of one model:

    $ greenml explain data/imagenet-cnn.json ResNet-50 | sed 's/ *$//'
    ResNet-50, line 31 of data/imagenet-cnn.json
                         value        from                                                       method      rank      accuracy and this cost                                      source
    accuracy             76%          "accuracy": 76.002, line 31                                not stated  27 of 46  -                                                           -
    flops                8.178 GFLOP  "flops": "4.089 GMAC", line 31; 1 GMAC is 2000000000 FLOP  not stated  15 of 46  beaten by SE-ResNet-50: +1.634 points at 0.9497x the FLOPs  -
    params               25.56M       "params": 25557032, line 31                                not stated  16 of 46  beaten by Xception: +2.886 points at 0.8943x the params     -
    accuracy_per_gflop   9.293        accuracy / flops in GFLOP = 76.002 / 8.178                 computed    15 of 46  beaten by SE-ResNet-50: +1.634 points at 0.9497x the FLOPs  Schwartz et al. 2020 (arXiv 1907.10597), who recommend FLOPs
    accuracy_per_mparam  2.974        accuracy / params in millions = 76.002 / 25.56             computed    16 of 46  beaten by Xception: +2.886 points at 0.8943x the params     Bianco et al. 2018 (arXiv 1810.00736), accuracy density
    netscore             55.04        20 log10(accuracy^2 / sqrt(params in millions x flops in GMAC)) = 20 log10(76.002^2 / sqrt(25.56 x 4.089))  computed    16 of 46  beaten by DPN-68b (5k): +1.032 points at 0.4934x the params, 0.5747x the FLOPs  Wong 2018 (arXiv 1806.05512)
    source: accuracy: Cadene/pretrained-models.pytorch; params and MACs: torchvision resnet50
    $ greenml explain data/imagenet-cnn.json ResNet-50 netscore | cut -c 1-100 | sed 's/ *$//'
    ResNet-50, line 31 of data/imagenet-cnn.json
              value        from                                                       method      rank
    accuracy  76%          "accuracy": 76.002, line 31                                not stated  27 of
    params    25.56M       "params": 25557032, line 31                                not stated  16 of
    flops     8.178 GFLOP  "flops": "4.089 GMAC", line 31; 1 GMAC is 2000000000 FLOP  not stated  15 of
    netscore  55.04        20 log10(accuracy^2 / sqrt(params in millions x flops in GMAC)) = 20 log10(76
    source: accuracy: Cadene/pretrained-models.pytorch; params and MACs: torchvision resnet50
    $ greenml explain data/training-footprints.json 'Transformer NAS' training_co2 --where 'hardware=NVIDIA*' --quiet | cut -c 1-80 | sed 's/ *$//'
    Transformer NAS, line 12 of data/training-footprints.json
                     value     from
    training_co2     284 t     "training_co2": 626155 lb, line 12; 1 lb is 453.59237
      compares with  17.32x    an average American's year (36,156 lb)
      compares with  4.969x    a car's lifetime, fuel included (126,000 lb)
      compares with  315.6x    a passenger's flight New York - San Francisco (1,984
      compares with  56.8x     an average human's year (11,023 lb)
      compares with  1622966x  a kilometre in a European car (175 g)
      compares with  1131550x  a kilometre in an American car (251 g)
      compares with  6927296x  a kilometre by train (41 g)
      compares with  309726x   what a tree takes up in a month (917 g)
    source: Strubell et al. 2019, table 3, https://arxiv.org/abs/1906.02243; notes:
    $ greenml explain data/imagenet-cnn.json ResNet50
    greenml: no model is named "ResNet50"; did you mean "ResNet-50"?
    [2]
    $ greenml explain data/imagenet-cnn.json ResNet-50 enrgy
    greenml: METRIC: "enrgy" is no field or metric; did you mean energy?
    [2]
    $ greenml explain data/imagenet-cnn.json ResNet-50 energy
    greenml: "ResNet-50" has no energy
    [2]

Do the costs agree?

    $ greenml disagree data/timm.json
    note: tau is 1 where two costs order the models alike, 0 where the orders have nothing in common, -1 for the reverse
    image-classification / ImageNet-1k / top-1 / NVIDIA GeForce RTX 4090: do the costs agree?
    cost    other cost  Kendall's tau  models  model that moves most                      rank  other rank
    params  latency            0.6111    1462  xcit_nano_12_p8_384.fb_dist_in1k (384)       47        1183
    flops   latency            0.7245    1462  efficientformerv2_s2.snap_dist_in1k (224)   210        1205
    flops   params             0.772     1462  xcit_tiny_24_p8_384.fb_dist_in1k (384)     1207         330
    $ greenml disagree data/llm-energy.json --where task=chat --quiet
    chat / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A100: do the costs agree?
    cost     other cost  Kendall's tau  models  model that moves most      rank  other rank
    params   latency            0.244       21  lmsys/fastchat-t5-3b-v1.0     1          21
    params   energy             0.3782      21  lmsys/fastchat-t5-3b-v1.0     1          15
    latency  energy             0.781       21  lmsys/fastchat-t5-3b-v1.0    21          15
    
    chat / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A40: do the costs agree?
    cost     other cost  Kendall's tau  models  model that moves most      rank  other rank
    params   latency            0.3609      23  lmsys/fastchat-t5-3b-v1.0     1          22
    params   energy             0.5642      23  project-baize/baize-v2-7B     2          16
    latency  energy             0.7708      23  lmsys/fastchat-t5-3b-v1.0    22           6
    
    chat / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA V100: do the costs agree?
    cost     other cost  Kendall's tau  models  model that moves most      rank  other rank
    params   latency            0.2806      21  lmsys/fastchat-t5-3b-v1.0     1          21
    params   energy             0.5001      21  metaai/llama-13B             16           3
    latency  energy             0.7619      21  lmsys/fastchat-t5-3b-v1.0    21           7
    $ greenml disagree data/imagenet-cnn.json --where name=VGG-1?
    note: 42 of 46 models are left out: 42 by --where name=VGG-1?
    note: tau is 1 where two costs order the models alike, 0 where the orders have nothing in common, -1 for the reverse
    image-classification / ImageNet-1k / top-1: do the costs agree?
    cost   other cost  Kendall's tau  models  model that moves most  rank  other rank
    flops  params                  1       4  -                         -           -
    $ echo '[{"name": "a", "energy": 1}]' | greenml disagree -
    greenml: there are no three comparable models that have two costs
    [2]

A difference within the errors that are stated is none, and what is far off has no exponents:

    $ cat >errors.json <<X
    > [{"name": "a", "accuracy": {"value": 80, "error": 0.5}, "energy": 1},
    >  {"name": "b", "accuracy": "80.4 ± 0.2 %", "energy": 40000}, {"name": "c", "accuracy": 79, "energy": 1}]
    > X
    $ greenml compare errors.json a b c
    3 models, compared with a
                a    b                                c
    accuracy    80%  80.4%  0.5 % more, within error  79%  1.25 % less, worse
    energy      1 J  40 kJ  40000 times, worse        1 J same
    accuracy/J  80   0.00201  1/39801 of it, worse    79  1.25 % less, worse
    $ greenml check errors.json --max energy=2J --quiet | head -n 3
    FAILED: 1 of 3 requirements falls short
    verdict      model  measure  value  limit            by  required
    falls short  b      energy   40 kJ    2 J  +1,999,900 %  at most 2 J

A name is the model without variant where there is one; its variants have theirs behind it:

    $ echo '[{"name": "net", "accuracy": 80, "flops": "4 GFLOP"}, {"name": "net", "variant": "int8", "accuracy": 79, "flops": "4 GFLOP"}]' > variants.json
    $ greenml compare variants.json net 'net (int8)'
    2 models, compared with net
                    net      net (int8)
    variant         -        int8
    accuracy        80%      79%  1.25 % less, worse
    FLOPs           4 GFLOP  4 GFLOP same
    accuracy/GFLOP  20       19.75  1.25 % less, worse
    $ greenml rank variants.json --relative-to net --quiet --columns accuracy
    2 models by accuracy/GFLOP, highest first, ratio to net
    #  model   ratio  variant  accuracy
                                    (%)
    1  net    1       -              80
    2  net    0.9875  int8           79
    $ rm variants.json

Where no metric has the cost that models have, that is why they are ranked by it:

    $ echo '[{"name": "a", "accuracy": 70, "memory": "5 GB"}, {"name": "b", "accuracy": 80, "memory": "9 GB"}]' | greenml rank - 2>&1 | head -n 1
    note: ranked by memory: there is no ratio of accuracy and a cost that the models have; greenml pareto weighs it against memory
