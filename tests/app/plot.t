In a terminal, or where no file is named: a picture made of characters. Models of the frontier have keys, the others are
dots.

    $ greenml plot data/imagenet-cnn.json --ascii
    image-classification / ImageNet-1k / top-1: accuracy over FLOPs
    accuracy (%)
       |                                                                   9A
       |                                                                 8-+     .
    80 +                                                   7-----..----.-+
       |                                          5-----6-...   :.   :
       |                                 3------4-.   .   ..
       |                                 .    .  .        .
    75 +            2--------------------+  .                           .
       |            |                  .       .                     .
       |  1---------+                                           .    .  .
    70 +                          .  .                    .     .
       |                                                  .
       |
       |
    65 +
       |
       |
    60 +
       |     .
       |                 .
       |               .
       ++---------+---------+-------------+---------+---------+-------------+-------
       0.5        1         2             5        10        20            50
                                                            FLOPs (GFLOP), log scale
    10 of 46 models on the frontier: no other beats them on both
    1 MobileNetV2  71.88%, 602 MFLOP
    2 NASNet-A-Mobile  74.08%, 1.17 GFLOP
    3 DPN-68b (5k)  77.03%, 4.7 GFLOP
    4 SE-ResNet-50  77.64%, 7.766 GFLOP
    5 SE-ResNeXt-50 (32x4d)  79.08%, 8.522 GFLOP
    6 DPN-92 (5k)  79.4%, 13.08 GFLOP
    7 SE-ResNeXt-101 (32x4d)  80.24%, 16.03 GFLOP
    8 SENet-154  81.3%, 41.49 GFLOP
    9 NASNet-A-Large  82.57%, 47.95 GFLOP
    A PNASNet-5-Large  82.74%, 50.28 GFLOP

Bars, which are best first, with the accuracy beside the name:

    $ greenml plot data/imagenet-cnn.json --bars --top 5 --ascii
    image-classification / ImageNet-1k / top-1: accuracy/GFLOP, highest first, 5 of 46 models
                     accuracy  accuracy/GFLOP
    MobileNetV2        71.88%  =============================================== 119.4
    SqueezeNet 1.1     58.25%  ================================= 83.45
    NASNet-A-Mobile    74.08%  ========================= 63.33
    AlexNet            56.43%  ================ 39.52
    SqueezeNet 1.0     58.11%  ============== 35.47

    $ greenml plot data/imagenet-cnn.json --bars params --top 3 --color-by family --ascii
    image-classification / ImageNet-1k / top-1: params, lowest first, 3 of 46 models
                    accuracy  params
    SqueezeNet 1.1    58.25%  . ================ 1.235M
    SqueezeNet 1.0    58.11%  . ================ 1.248M
    MobileNetV2       71.88%  . ============================================= 3.505M
    family:  o VGG  # DPN  ^ ResNet  % SENet  v Inception  + DenseNet  x NASNet
      . 6 others

Values of many orders of magnitude are dots on a logarithmic axis; the shortest bar would be nothing beside the longest:

    $ cat > five-decades.json <<'END'
    > [{"name": "tiny", "accuracy": 50, "energy": "2 mJ"}, {"name": "small", "accuracy": 60, "energy": "0.5 J"},
    >  {"name": "large", "accuracy": 70, "energy": "200 J"}]
    > END
    $ greenml plot five-decades.json --bars energy --ascii
    energy, lowest first
           accuracy  energy (mJ), log scale
    tiny        50%    o 2 mJ
    small       60%                             o 500 mJ
    large       70%                                                        o 200 J

Any two measures, the frontier being what no other beats on both, each in its own direction:

    $ greenml plot data/torchvision.json --x size --y accuracy/gflop --ascii | tail -3
                                                                size (MB), log scale
    2 of 80 models on the frontier: no other beats them on both
    1 squeezenet1_1  83.35, 4.959 MB        2 shufflenet_v2_x0_5  756.9, 5.539 MB

A panel for each group that can be compared:

    $ greenml plot data/llm-energy.json --x energy --quiet | grep ': accuracy over'
    chat / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A100: accuracy over energy
    chat / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A40: accuracy over energy
    chat / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA V100: accuracy over energy
    chat-concise / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A100: accuracy over energy
    chat-concise / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A40: accuracy over energy
    chat-concise / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA V100: accuracy over energy
    instruct / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A100: accuracy over energy
    instruct / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A40: accuracy over energy
    instruct / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA V100: accuracy over energy
    instruct-concise / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A100: accuracy over energy
    instruct-concise / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA A40: accuracy over energy
    instruct-concise / ARC, HellaSwag, TruthfulQA / mean of 3 benchmarks / NVIDIA V100: accuracy over energy

The rows of a picture are there for programs too:

    $ greenml plot data/imagenet-cnn.json --format csv | cut -d, -f1,14 | head -4
    name,notes
    PNASNet-5-Large,input of 331x331 pixels
    NASNet-A-Large,input of 331x331 pixels
    SENet-154,

What cannot be drawn is said:

    $ cat > zero.json <<'END'
    > [{"name": "a", "accuracy": 76, "energy": 0}, {"name": "b", "accuracy": 71, "energy": 2},
    >  {"name": "c", "accuracy": 77, "energy": 3.5}, {"name": "d", "accuracy": 78}]
    > END
    $ greenml plot zero.json > /dev/null
    note: 1 model without accuracy and energy: left out
    note: 1 model with a value that is not above 0, for which a logarithmic axis has no place: left out; see --x-scale and --y-scale
    $ greenml plot zero.json --x-scale linear --ascii
    note: 1 model without accuracy and energy: left out
    accuracy over energy
    accuracy (%)
    77 +                                                                         2
       |                                                                         |
       |                                                                         |
    76 +  1----------------------------------------------------------------------+
       |
       |
    75 +
       |
       |
       |
    74 +
       |
       |
    73 +
       |
       |
    72 +
       |
       |
    71 +                                           .
       +--+---------+---------+---------+----------+---------+---------+---------+--
          0        0.5       1.0       1.5        2.0       2.5       3.0       3.5
                                                                          energy (J)
    2 of 3 models on the frontier: no other beats them on both
    1 a  76%, 0 J     2 c  77%, 3.5 J
    $ greenml plot data/imagenet-cnn.json --color-by year --ascii > /dev/null
    greenml: --color-by: no model states year; they have family, source, notes
    [2]
    $ greenml plot data/training-footprints.json
    note: training_power of 3 models is estimated from nameplate power, from which real power differs by up to 40 %
    greenml: no model has a quality; name two fields: --x energy --y latency
    [2]
    $ greenml plot data/imagenet-cnn.json --x latency
    note: 46 models without accuracy and latency: left out
    greenml: no model can be drawn: none has accuracy and latency
    [2]

To a file, by its suffix. SVG and pages are well-formed, whatever the names:

    $ cat > hostile.json <<'END'
    > [{"name": "<script>alert(1)</script>", "accuracy": 76, "flops": 1e9},
    >  {"name": "a & b \" ' ]]> -->", "accuracy": 71, "flops": 2e9},
    >  {"name": "\u0001\u202e", "accuracy": 77, "flops": 3e9}]
    > END
    $ for catalog in hostile.json zero.json data/*.json
    > do
    >   for options in "" "--bars" "--names all --color-by family --size-by params" "--mixed --bars accuracy"
    >   do
    >     greenml plot $catalog --quiet $options -o picture.svg 2> why && xmllint --noout picture.svg
    >     greenml plot $catalog --quiet $options -o page.html 2> why && xmllint --noout page.html
    >   done
    > done; true
    $ greenml plot data/timm.json -o page.html && test $(wc -c < page.html) -lt 1000000
    note: 94 models without accuracy and flops: left out

The pictures of the README are what greenml draws:

    $ "$GREENML_ROOT/scripts/pictures" --check

Mistakes:

    $ greenml plot data/imagenet-cnn.json -o picture.png
    greenml: picture.png: greenml does not draw .png files; name it .svg, of which rsvg-convert makes a bitmap, or .html; or say --format
    [2]
    $ greenml plot data/imagenet-cnn.json --format csv -o picture.png
    $ rm picture.png
    $ greenml rank data/imagenet-cnn.json -o picture.svg
    greenml: picture.svg: the suffix .svg asks for svg, a format of greenml plot; give the file another name, or say --format
    [2]
    $ greenml plot data/imagenet-cnn.json --x acuracy
    greenml: --x: "acuracy" is no field or metric; did you mean accuracy?
    [2]
    $ greenml plot data/imagenet-cnn.json --x accuracy
    greenml: --x and --y are both accuracy
    [2]
    $ greenml plot data/imagenet-cnn.json --x-scale square
    greenml: --x-scale: unknown "square"; known: linear, log
    [2]
    $ greenml plot data/imagenet-cnn.json --color-by famly
    greenml: --color-by: "famly" is no label of these models; did you mean family?
    [2]
    $ greenml plot data/imagenet-cnn.json --names some
    greenml: --names: unknown "some"; known: frontier, all, none
    [2]
    $ greenml plot data/imagenet-cnn.json --top 3
    greenml: --top is for --bars; --min and --max choose models for a scatter
    [2]
    $ greenml plot data/imagenet-cnn.json --bars --x flops
    greenml: --x is for a plot without --bars
    [2]
    $ greenml plot data/imagenet-cnn.json --bars nonsense
    greenml: --bars: "nonsense" is no field or metric, and no label of these models; see greenml list metrics and greenml list fields
    [2]
    $ greenml plot --bars nonsense
    greenml: cannot open nonsense: No such file or directory
    [2]

A model is told from its namesakes by what differs in its panel; what the title of the panel says is not said again:

    $ greenml plot "$GREENML_ROOT/data/llm-energy.json" --quiet -o llm.svg
    $ grep -o 'lmsys/vicuna-7B ([^<]*' llm.svg | sort | uniq -c
          4 lmsys/vicuna-7B (NVIDIA A100)
          4 lmsys/vicuna-7B (NVIDIA A100) +2
          4 lmsys/vicuna-7B (NVIDIA A40)
          4 lmsys/vicuna-7B (NVIDIA V100)
