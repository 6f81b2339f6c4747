Help is asked for as people ask for it:

    $ greenml help rank >one && greenml rank --help >other && cmp one other
    $ greenml help >one && greenml --help >other && cmp one other
    $ greenml -V | sed 's/ (commit [0-9a-f]*+\?)//; s/[0-9.]\{3,\}/N/g'
    greenml N
    CLI11 N, fmt N, nlohmann_json N, pugixml N, simdjson N, utf8proc N, yaml-cpp N
    $ greenml help rnak
    greenml: unknown command "rnak"; did you mean rank?
    [2]

Each command's help ends with examples, whose command lines are understood:

    $ for command in rank pareto plot compare explain disagree check audit diff footprint inspect list schema manual; do
    >   greenml $command --help | sed -n '/^Examples:/,$p' | grep -c "^  greenml $command"
    > done | tr '\n' ' '
    4 2 4 1 3 1 3 2 2 2 3 3 1 2  (no-eol)

Its lines fit a terminal, whose width COLUMNS can state, and are never longer than 100:

    $ commands=$(greenml completion words -- "" | grep -v ^- | sed "s/\t.*//")
    $ for width in 60 80 100; do
    >   for command in "" $commands; do COLUMNS=$width greenml $command --help; done | awk -v most="$width" 'length > most'
    > done
    $ COLUMNS=300 greenml rank --help >one && COLUMNS=100 greenml rank --help >other && cmp one other
    $ for columns in "" 0 -5 x; do COLUMNS=$columns greenml rank --help >one && COLUMNS=80 greenml rank --help >other && cmp one other; done
    $ COLUMNS=1 greenml rank --help >one && COLUMNS=40 greenml rank --help >other && cmp one other
    $ greenml init --help
    Write a small catalog to begin with
    Usage: greenml init [OPTIONS] [FILE]
    
    Arguments:
      FILE                      What to write (default: models.json); a file that is
                                there stays
    
    Options:
      -h,--help                 Show this help
    
    Examples:
      greenml init models.json
          two models, to be replaced
    $ COLUMNS=60 greenml init --help
    Write a small catalog to begin with
    Usage: greenml init [OPTIONS] [FILE]
    
    Arguments:
      FILE
          What to write (default: models.json); a file that is
          there stays
    
    Options:
      -h,--help
          Show this help
    
    Examples:
      greenml init models.json
          two models, to be replaced

A command line that is broken is one line to a shell:

    $ COLUMNS=60 greenml check --help | sed -n '/--max energy/,/accuracy/p' >example && cat example
      greenml check models.json --max energy=5J --min \
        accuracy=75%
    $ sh -c "greenml() { echo \$#: \$*; }; . ./example"
    6: check models.json --max energy=5J --min accuracy=75%

No word of the tables is lost on the way:

    $ for width in 60 100; do COLUMNS=$width greenml rank --help | tr -d '\\' | tr -s ' \n' '\n\n' >"$width"; done; cmp 60 100

Models are listed, and found by the beginnings of their names:

    $ greenml list models "$GREENML_ROOT/data/training-footprints.json" --format csv | cut -d , -f 1 | head -n 3
    name
    Transformer (base)
    Transformer (big)
    $ greenml list models
    greenml: list models: which?; name a catalog, as in greenml list models models.json
    [2]
    $ greenml list units "$GREENML_ROOT/data/timm.json"
    greenml: list units: there is no list of a catalog but that of its models
    [2]
    $ greenml explain "$GREENML_ROOT/data/timm.json" ResNet50
    greenml: no model is named "ResNet50"; 27 names begin so: resnet50.d_in1k, resnet50.a1_in1k, resnet50.a2_in1k, resnet50.a3_in1k, resnet50.am_in1k, ...
    [2]
    $ greenml compare "$GREENML_ROOT/data/imagenet-cnn.json" resnet50 VGG-16
    greenml: no model is named "resnet50"; did you mean "ResNet-50"?
    [2]
    $ greenml rank "$GREENML_ROOT/data/imagenet-cnn.json" --relative-to vgg --quiet
    greenml: --relative-to: no model is named "vgg"; 8 names begin so: VGG-11, VGG-13, VGG-16, VGG-19, VGG-11 BN, ...
    [2]

Where nothing is left, how near the models come:

    $ greenml rank "$GREENML_ROOT/data/imagenet-cnn.json" --min accuracy=90 --max flops=1MFLOP
    greenml: none of the 46 models is left: 46 by --min accuracy=90, 46 by --max flops=1MFLOP; the highest accuracy is 82.74% (PNASNet-5-Large), the lowest flops is 602 MFLOP (MobileNetV2)
    [2]

Manual pages come from the same tables, and are as groff wants them:

    $ for page in $(greenml completion words -- manual "" | sed 1d); do
    >   greenml manual $page >page || echo "no page $page"
    >   if command -v mandoc >/dev/null; then mandoc -T lint -W warning page | grep -v 'filename/section' || true; fi
    > done
    $ greenml manual rank | sed -n 1,3p | sed 's/[0-9][-0-9.]\{3,\}/N/g'
    .TH GREENML-RANK 1 N "greenml N" "greenml"
    .SH NAME
    greenml\-rank \- Rank models by what their accuracy costs
    $ for option in $(greenml rank --help | grep -o ' --[a-z-]*'); do
    >   greenml manual rank | tr -d '\\' | grep -q "fB.*$option.*fP\|^.B .*$option" || echo "no $option"
    > done
    $ greenml manual rnak
    greenml: there is no manual page "rnak"; did you mean rank?
    [2]
    $ greenml completion tcsh
    greenml: there is no completion for "tcsh"; known: bash, zsh, fish
    [2]
