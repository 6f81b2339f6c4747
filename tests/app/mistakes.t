Mistakes on the command line end with 2, name the culprit, and offer the right word.

    $ greenml
    greenml: a command is missing; see greenml --help
    [2]
    $ greenml rnak
    greenml: unknown command "rnak"; did you mean rank?
    [2]
    $ greenml rank
    greenml: CATALOG is required; see greenml rank --help
    [2]
    $ greenml list
    greenml: WHAT is required; one of: metrics, fields, units, rules, sources, operators, grids, hardware, equivalents, models
    [2]
    $ greenml rank data/timm.json data/timm.json
    greenml: data/timm.json is given twice
    [2]
    $ greenml rank --fromat csv data/timm.json
    greenml: unknown option --fromat; did you mean --format?
    [2]
    $ greenml rank data/timm.json --format cvs
    greenml: --format: unknown format "cvs"; did you mean csv?
    [2]
    $ greenml rank data/timm.json --by acuracy_per_gflop
    greenml: --by: "acuracy_per_gflop" is no field or metric; did you mean accuracy_per_gflop?
    [2]
    $ greenml rank data/timm.json --by task
    greenml: --by: task is no number: it is "image-classification" of "eva02_large_patch14_448.mim_m38m_ft_in22k_in1k"; a label is measured where all its values are numbers or dates
    [2]
    $ greenml rank data/timm.json --min acuracy=70
    greenml: --min: "acuracy" is no field or metric; did you mean accuracy?
    [2]
    $ greenml rank data/timm.json --by accuracy/gflops
    greenml: --by: "accuracy/gflops" is no field or metric; did you mean accuracy_per_gflop?
    [2]
    $ greenml rank data/timm.json --min acc=80
    greenml: --min: "acc" is no field or metric, and no label of these models; see greenml list metrics and greenml list fields
    [2]
    $ greenml rank data/timm.json --min accuracy/Gflp=1
    greenml: --min: "accuracy/Gflp" is no field or metric; did you mean accuracy_per_gflop?
    [2]
    $ greenml check data/timm.json --max-drop speed=1 --baseline data/timm.json
    greenml: --max-drop: "speed" is no field or metric, and no label of these models; see greenml list metrics and greenml list fields
    [2]
    $ greenml rank data/timm.json --columns speed
    greenml: --columns: "speed" is no field, metric or label; see greenml list metrics and greenml list fields
    [2]
    $ greenml rank data/timm.json --max latency=5kJ
    greenml: --max: latency: "5kJ" is an energy, not a time; units of time: ps, ns, us, ms, s, min, h, d
    [2]
    $ greenml rank data/timm.json --where famly=x
    greenml: --where: "famly" is no label of these models; did you mean family?
    [2]
    $ greenml rank data/timm.json --where accuracy=70
    greenml: --where: "accuracy" is no label of these models; accuracy is a number: use --min or --max
    [2]
    $ greenml rank data/timm.json --where task
    greenml: --where: "task" is no match; write LABEL=TEXT or LABEL!=TEXT, as in family=ResNet*
    [2]
    $ greenml rank data/timm.json --columns accurcy
    greenml: --columns: "accurcy" is no field, metric or label; did you mean accuracy?
    [2]
    $ greenml rank data/timm.json --group-by tsk
    greenml: --group-by: "tsk" is no label of these models; did you mean task?
    [2]
    $ greenml rank data/timm.json --relative-to resnet50.a1_in1
    greenml: --relative-to: no model is named "resnet50.a1_in1"; did you mean "resnet50.a1_in1k"?
    [2]
    $ greenml rank data/timm.json --color sometimes
    greenml: --color: unknown "sometimes"; known: auto, always, never
    [2]
    $ greenml rank data/timm.json --delimiter ''
    greenml: --delimiter: "" cannot stand between cells; one character, as in --delimiter ';'
    [2]
    $ greenml rank data/timm.json -o ''
    greenml: -o: the name of the file is empty
    [2]
    $ greenml rank data/timm.json --top 1 --top 2
    greenml: --top is given more than once; see greenml rank --help
    [2]
    $ greenml list metric
    greenml: there is no list of "metric"; did you mean metrics?
    [2]
    $ greenml list metrics units
    greenml: list metrics: there is no list of a catalog but that of its models
    [2]

    $ greenml rank data/timm.json --top 1 --all
    greenml: --top and --all contradict each other; give one of them
    [2]

Numbers that are none:

    $ for number in '' nan inf 1e999 0x10 5x ' 5' -1 1,5; do
    >   greenml rank data/timm.json --top "$number" >/dev/null; echo "[$?]"
    >   greenml rank data/timm.json --min "accuracy=$number" --top 1 --quiet >/dev/null; echo "[$?]"
    > done
    greenml: --top: "" is not a whole number from 1
    [2]
    greenml: --min: accuracy: "" is not a number
    [2]
    greenml: --top: "nan" is not a whole number from 1
    [2]
    greenml: --min: accuracy: "nan" is not a number
    [2]
    greenml: --top: "inf" is not a whole number from 1
    [2]
    greenml: --min: accuracy: "inf" is not a number
    [2]
    greenml: --top: "1e999" is not a whole number from 1
    [2]
    greenml: --min: accuracy: "1e999" is beyond what a number can hold
    [2]
    greenml: --top: "0x10" is not a whole number from 1
    [2]
    greenml: --min: accuracy: "0x10": "x10" is not a unit of accuracy; units of accuracy: %, percent, fraction
    [2]
    greenml: --top: "5x" is not a whole number from 1
    [2]
    greenml: --min: accuracy: "5x" is a rate, not an accuracy; units of accuracy: %, percent, fraction
    [2]
    greenml: --top: " 5" is not a whole number from 1
    [2]
    [0]
    greenml: --top: "-1" is not a whole number from 1
    [2]
    greenml: --min: accuracy: -1 is negative
    [2]
    greenml: --top: "1,5" is not a whole number from 1
    [2]
    greenml: --min: accuracy: "1,5" is not a number; a comma separates thousands, as in 626,155; a decimal point is a point
    [2]

A fraction that may be a percentage:

    $ greenml rank data/timm.json --min accuracy=0.8
    greenml: --min: accuracy: 0.8 may be a fraction or a percentage; write "0.8 %" or "0.8 fraction"
    [2]

Nothing is left:

    $ greenml rank data/timm.json --min accuracy=99 --max energy=5J
    greenml: none of the 1,556 models is left: 1,556 by --min accuracy=99, 1,556 by --max energy=5J (not known); the highest accuracy is 90.06% (eva02_large_patch14_448.mim_m38m_ft_in22k_in1k)
    [2]

Nothing is left because a label is written in another case:

    $ greenml rank data/torchvision.json --where family=ResNet*
    greenml: none of the 80 models is left: 80 by --where family=ResNet*; did you mean resnet*?
    [2]
    $ greenml rank data/torchvision.json --min accuracy=80 --where name!=x --where family=RESNET
    greenml: none of the 80 models is left: 40 by --min accuracy=80, 80 by --where family=RESNET; did you mean resnet?
    [2]
    $ greenml rank data/imagenet-cnn.json --where name=resnet-50
    greenml: none of the 46 models is left: 46 by --where name=resnet-50; did you mean ResNet-50?
    [2]
    $ greenml rank data/imagenet-cnn.json --where family=resnet*
    greenml: none of the 46 models is left: 46 by --where family=resnet*; did you mean ResNet*?
    [2]
    $ greenml rank data/imagenet-cnn.json --where name=*NEXT*
    greenml: none of the 46 models is left: 46 by --where name=*NEXT*; did you mean ResNeXt-101 (32x4d)?
    [2]
    $ greenml rank data/imagenet-cnn.json --where family=banana
    greenml: none of the 46 models is left: 46 by --where family=banana
    [2]
    $ greenml rank data/imagenet-cnn.json --where family!=*
    greenml: none of the 46 models is left: 46 by --where family!=*
    [2]
    $ greenml rank data/torchvision.json --where family=resnet --min accuracy=99
    greenml: none of the 80 models is left: 80 by --min accuracy=99, 70 by --where family=resnet; the highest accuracy is 88.55% (vit_h_14)
    [2]
    $ greenml check data/torchvision.json --where family=ResNet --min accuracy=70
    CANNOT JUDGE: 0 of 1 requirement falls short, 1 cannot be judged
    verdict           model       measure  value  limit  by  required
    cannot be judged  all models  -            -      -   -  no model is selected; did you mean resnet?
    [2]

Catalogs that cannot be read:

    $ greenml rank missing.json
    greenml: cannot open missing.json: No such file or directory
    [2]
    $ greenml rank .
    greenml: cannot open .: Is a directory
    [2]
    $ greenml compare ResNet-50 VGG-16
    greenml: cannot open ResNet-50: No such file or directory; a file of models comes first, names of models after it
    [2]
    $ greenml rank ''
    greenml: cannot open "": No such file or directory
    [2]
    $ : > empty.json; greenml rank empty.json
    empty.json:1:1: error: the file is empty (expected an array of models, or an object with "models")
    [2]
    $ echo '[]' > none.json; greenml rank none.json
    none.json: error: there are no models in it
    [2]
    $ greenml rank none.json data/timm.json
    none.json: error: there are no models in it
    [2]
    $ greenml rank data/timm.json --quiet < /dev/null > /dev/null; greenml rank - < /dev/null
    <stdin>:1:1: error: the file is empty (expected an array of models, or an object with "models")
    [2]

What is wrong in a catalog is shown with its place, all of it at once.

    $ cat > bad.json <<'END'
    > {"defaults": {"task": "t"},
    >  "models": [
    >   {"name": "ResNet-50", "accuracy": 0.76, "flops": "4.09 GMAC",
    >    "energy": {"value": 0.42, "unit": "kg"}},
    >   {"name": "VGG-16", "accuracy": 71.6, "parms": 138357544, "latency": 5, "latency_ms": 5},
    >   {"name": "VGG-16", "flops": 0, "size": "528"}]}
    > END
    $ greenml rank bad.json
    bad.json:3:37: error: ResNet-50: accuracy: 0.76 may be a fraction or a percentage (write "0.76 %" or "0.76 fraction")
          {"name": "ResNet-50", "accuracy": 0.76, "flops": "4.09 GMAC",
                                            ^
    bad.json:4:38: error: ResNet-50: energy: "0.42 kg" is a mass, not an energy (units of energy: nJ, uJ, mJ, J, kJ, MJ, GJ, mWh, Wh, kWh, MWh, GWh)
           "energy": {"value": 0.42, "unit": "kg"}},
                                             ^
    bad.json:5:40: error: VGG-16: parms: unknown key (did you mean params?)
          {"name": "VGG-16", "accuracy": 71.6, "parms": 138357544, "latency": 5, "laten
                                               ^
    bad.json:5:74: error: VGG-16: latency_ms: is given already, as latency (keep one of them)
        GG-16", "accuracy": 71.6, "parms": 138357544, "latency": 5, "latency_ms": 5},
                                                                    ^
    bad.json:6:31: error: VGG-16: flops: 0 is zero, which flops never is (leave out what is not known, or write null)
          {"name": "VGG-16", "flops": 0, "size": "528"}]}
                                      ^
    bad.json:6:42: error: VGG-16: size: "528" has no unit (write a number without quotes, or a unit: "528 B")
          {"name": "VGG-16", "flops": 0, "size": "528"}]}
                                                 ^
    bad.json:6: error: VGG-16: is there already, in line 5 of bad.json (two models differ in name, variant, task, dataset, quality_metric, hardware or hardware_count)
    [2]
    $ printf '[{"name": "a",}]' | greenml rank -
    <stdin>:1:15: error: this is not JSON (JSON has no comma after the last member)
        [{"name": "a",}]
                      ^
    [2]
    $ printf '[{"name": "a", "flops": 5}\n {"name": "b", "flops": 6}]' | greenml rank -
    <stdin>:1: warning: a: flops: is read as 5 FLOP, fewer than any network has (state the unit, as in "flops": "1.8 GFLOP" or "flops_gflop": 1.8)
    <stdin>:2:2: error: this is not JSON (is a comma missing?)
         {"name": "b", "flops": 6}]
         ^
    [2]

Hostile names do not reach the terminal:

    $ printf '[{"name": "\\u001b[31mred\\u0007\\u202e", "energy": "-5 \\u001b]0;x\\u0007"}]' | greenml rank -
    <stdin>:1:50: error: \x1b[31mred\x07\u{202e}: energy: there is a control character (U+001B) in "-5 \x1b]0;x\x07"
        [{"name": "\u001b[31mred\u0007\u202e", "energy": "-5 \u001b]0;x\u0007"}]
                                                         ^
    [2]
    $ greenml "$(printf 'ra\033[31mnk')"
    greenml: unknown command "ra\x1b[31mnk"; see greenml --help
    [2]

An audit of which no rule is left would find nothing, whatever there is:

    $ greenml audit bad.json --rule training_carbon --ignore training_carbon
    greenml: --rule and --ignore leave no rule to apply; an audit without rules would find nothing
    [2]

A limit of a budget that is a text has a unit, as a quantity of a catalog has:

    $ echo '{"max": {"flops": "1e11", "pue": "1.1", "latency_ms": "5"}, "min": {"accuracy": "40"}, "max_drop": {"energy": "5"}}' > budget.json
    $ greenml check bad.json --budget budget.json
    budget.json:1:81: error: min.accuracy: "40" has no unit (a text needs one; a number is in the field's own unit)
        e11", "pue": "1.1", "latency_ms": "5"}, "min": {"accuracy": "40"}, "max_drop": {"energy": "5"}}
                                                                    ^
    budget.json:1:19: error: max.flops: "1e11" has no unit (a text needs one; a number is in the field's own unit)
        {"max": {"flops": "1e11", "pue": "1.1", "latency_ms": "5"}
                          ^
    budget.json:1:111: error: max_drop.energy: "5" has no unit (a text needs one; a number is in the field's own unit)
        s": "5"}, "min": {"accuracy": "40"}, "max_drop": {"energy": "5"}}
                                                                    ^
    [2]
    $ rm budget.json

What init writes is JSON:

    $ greenml init begin.csv
    greenml: begin.csv: what init writes is JSON; name it .json; greenml import writes the other formats
    [2]

A drop is no floor:

    $ echo '[{"name": "a", "accuracy": 70}, {"name": "b", "accuracy": 82}]' > floor.json
    $ greenml check floor.json --baseline floor.json --max-drop accuracy=80 2>&1 >/dev/null
    note: accuracy=80 lets 1 of 2 models lose all of their accuracy: did you mean --min accuracy=80%?
    $ greenml check floor.json --baseline floor.json --max-drop accuracy=1 2>&1 >/dev/null
    $ rm floor.json

A catalog in the place of a budget:

    $ greenml check bad.json --budget bad.json
    bad.json:2:2: error: models: this is a catalog, and no budget (as in {"min": {"accuracy": "75 %"}})
         "models": [
         ^
    [2]
