A catalog to begin with, which leaves a file alone that is there:

    $ greenml init
    note: models.json has two models to begin with; next: greenml rank models.json
    $ greenml rank models.json --quiet --format csv | wc -l
    3
    $ greenml init
    greenml: models.json is there already, and stays as it is; name another file: greenml init FILE
    [2]

    $ greenml init other.json --quiet
    greenml: unknown option --quiet
    [2]

    $ greenml init other.json
    note: other.json has two models to begin with; next: greenml rank other.json
    $ greenml import models.json other.json -o both.json
    other.json:5: error: ResNet-50: is there already, in line 5 of models.json (--join name brings together what several files say of one model)
    other.json:6: error: MobileNetV2: is there already, in line 6 of models.json (--join name brings together what several files say of one model)
    [2]

A catalog is imported to itself, in each of the formats, and again to the same bytes:

    $ for name in imagenet-cnn llm-energy training-compute; do for format in json ndjson csv tsv; do
    >   greenml import data/$name.json --quiet -o first.$format && greenml import first.$format --quiet -o again.$format && cmp first.$format again.$format
    >   greenml rank data/$name.json --quiet --format csv >one; greenml rank first.$format --quiet --format csv >two; cmp one two
    > done; done

... and so in the order of the file:

    $ greenml import data/imagenet-cnn.json --keep-order --quiet | sed -n 4p | cut -c1-60
        {"name": "AlexNet", "family": "AlexNet", "source": "accu

Where it goes, and what it is written as:

    $ greenml import models.json -o models.xml
    greenml: models.xml: no catalog is written as .xml; name it .json, .ndjson, .csv or .tsv; or say --format
    [2]
    $ greenml import models.json --format xml
    greenml: --format: unknown format "xml"; known: json, ndjson, csv, tsv
    [2]
    $ greenml import models.json -o ''
    greenml: -o: the name of the file is empty
    [2]
    $ greenml import models.json -o models.json
    greenml: cannot write to models.json: this run reads it; name another file
    [2]

A label that is called nearly like a key of a catalog keeps its text under another name, so that the catalog can be read:

    $ printf 'name,flops,Notes2,Energie\na,1e9,x,3\n' >near.csv
    $ greenml import near.csv --quiet -o near.json; cat near.json
    {
      "models": [
        {"name": "a", "Energie": 3, "Notes2 (label)": "x", "flops": 1000000000}
      ]
    }
    $ greenml import near.json --quiet | cmp - near.json

What is joined:

    $ printf 'name,accuracy_percent\na,75\nb,76\nc,77\n' >quality.csv
    $ printf 'name,params_m,accuracy_percent\na,1.5,75.04\nb,2,78.5\nd,3,\n' >cost.csv
    $ greenml rank quality.csv cost.csv
    cost.csv:2: error: a: is there already, in line 2 of quality.csv (--join name brings together what several files say of one model)
    cost.csv:3: error: b: is there already, in line 3 of quality.csv (--join name brings together what several files say of one model)
    [2]
    $ greenml rank quality.csv cost.csv --join name
    cost.csv: note: joined by name: 2 of the 3 models before are in it (not c), and 2 of its 3 are before (not d)
    cost.csv:3: error: b: accuracy: 78.5% here, and 76% in line 3 of quality.csv (all that this file says of it may be of another model: --drop-conflicts leaves it out, --prefer first or last takes it)
    [2]
    $ greenml rank quality.csv cost.csv --join name --prefer last --quiet --columns name,accuracy,params,notes
    4 models by accuracy/Mparam, highest first
    #  model  accuracy  params  notes
                   (%)     (M)
    1  a          75       1.5  -
    2  b          78.5     2    accuracy: 76% in quality.csv, 78.5% in cost.csv
    -  c          77       -    -
    -  d           -       3    -
    $ greenml explain quality.csv a --quiet --map name=name | head -3
    a, line 2 of quality.csv
              value  from                            method      rank    accuracy and this cost  source
    accuracy  75%    "accuracy_percent": 75, line 2  not stated  3 of 3  -                       -
    $ greenml rank quality.csv cost.csv --join nme
    greenml: --join: no model has a label "nme"; did you mean name?
    [2]
    $ greenml rank quality.csv cost.csv --join accuracy
    greenml: --join: accuracy is a quantity; models are joined by labels; as in --join name,variant
    [2]
    $ greenml rank quality.csv cost.csv --join name --prefer best
    greenml: --prefer: "best" is neither first nor last
    [2]
    $ greenml rank quality.csv --drop-conflicts
    greenml: --drop-conflicts: nothing is joined; --join LABELS brings together what several files say of one model
    [2]
    $ greenml rank quality.csv cost.csv --join name --prefer first --drop-conflicts
    greenml: --prefer and --drop-conflicts are two answers to one question; give one of them
    [2]

What is said of the files of a tool goes for those that are written so. Others, as the baseline, are read as what they are:

    $ echo '[{"name": "a", "variant": "224", "task": "image-classification", "dataset": "ImageNet-1k", "quality_metric": "top-1", "accuracy": 80.9}]' >base.json
    $ printf 'model,top1,top1_err,top5,top5_err,param_count,img_size,crop_pct,interpolation\na,81,19,95,5,10.0,224,0.9,bicubic\n' >results.csv
    $ greenml check results.csv --as timm-results --set dataset=ImageNet-1k --baseline base.json --max-drop accuracy=1 --quiet
    PASSED: 0 of 1 requirement falls short
    verdict  model    measure   baseline  value  limit         by  required
    holds    a (224)  accuracy     80.9%    81%  79.9%  +0.1236 %  at most 1 point worse
    $ greenml rank base.json --as timm-results
    greenml: --as timm-results: none of the files is written as it says
    [2]
    $ printf '| name | accuracy |\n|---|---|\n| a | 80.8 |\n' >zoo.md
    $ greenml check zoo.md --as table --baseline base.json --max-drop accuracy=1 --match name --quiet
    CANNOT JUDGE: 0 of 1 requirement falls short, 1 cannot be judged
    verdict           model  measure   baseline  value  limit         by  required
    cannot be judged  a      accuracy     80.9%  80.8%  79.9%  -0.1236 %  task is not stated, in the baseline image-classification
    [2]
    $ printf 'name,accuracy,notes\na,80.8,by carbontracker version 2\n' >about.csv && greenml rank about.csv --by accuracy --quiet --columns accuracy
    1 model by accuracy, highest first
    #  model  accuracy
                   (%)
    1  a          80.8
    $ greenml rank base.json --join name --by accuracy
    note: --join: there is nothing to join with: all models are of one file
    image-classification / ImageNet-1k / top-1: 1 model by accuracy, highest first
    #  model  accuracy  pareto
                   (%)
    1  a          80.9  -

What was said of columns is kept, and reads the next table in the same way:

    $ printf 'Model,Params (M),FLOPs (G),GPU,seed\na,2.5,4,T4,7\nb,N/A,1,T4,8\n' >runs.csv
    $ greenml import runs.csv --map Model=name --map 'FLOPs (G)=flops:GMAC' --map GPU=hardware --map seed=drop --missing N/A --set task=t --save-mapping mine.json --quiet -o first.json
    $ cat mine.json
    {
      "name": "mine",
      "format": "table",
      "columns": {
        "FLOPs (G)": "flops:GMAC",
        "GPU": "hardware",
        "Model": "name",
        "Params (M)": "params:M",
        "seed": "drop"
      },
      "missing": [
        "N/A"
      ],
      "defaults": {
        "task": "t"
      }
    }
    $ greenml import runs.csv --mapping mine.json --quiet -o second.json && cmp first.json second.json
    $ greenml import runs.csv --mapping mine.json --save-mapping other.json
    greenml: --save-mapping: the file is read by a mapping already; leave out --as and --mapping
    [2]
    $ greenml import runs.csv --map Model=name --map a/b=flops:GMAC --save-mapping other.json
    greenml: --save-mapping: a/b may be computed, which is not kept; write it into the mapping as "computed"; greenml schema mapping
    [2]
    $ greenml import first.json --save-mapping other.json --quiet; test -e other.json
    greenml: --save-mapping: there is no table whose columns were explained
    $ greenml import runs.csv --map Model=name --save-mapping - --quiet
    greenml: --save-mapping: a mapping is written to a file; as in --save-mapping mine.json
    [2]
    $ greenml import runs.csv --map Model=name --save-mapping runs.csv --quiet
    greenml: cannot write to runs.csv: this run reads it; name another file
    [2]
