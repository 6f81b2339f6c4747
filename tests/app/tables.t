A table in CSV or TSV is a catalog like any other. Whatever greenml writes as one it reads again, and writes again to the
same bytes:

    $ for name in imagenet-cnn llm-energy training-footprints; do for format in csv tsv; do
    >   greenml rank data/$name.json --quiet -o first.$format && greenml rank first.$format --quiet -o again.$format && cmp first.$format again.$format
    > done; done

A column whose name says quantity and unit is that quantity. What a name leaves open is asked for, all of it at once, and
never guessed:

    $ cat >results.csv <<X
    > Model,Top-1 (%),Params (M),FLOPs (G),Energy,Img size
    > ResNet-50,76.13,25.6,4.09,0.27,224
    > VGG-16,71.59,138.4,15.5,"1,014.45",224
    > X
    $ greenml rank results.csv
    results.csv: note: Top-1 (%) is accuracy in %; Params (M) is params in M
    results.csv: error: a table with 6 columns, and none of them is name: Model, Top-1 (%), Params (M), FLOPs (G), Energy, Img size (say which column has the names of the models: --map 'Model=name')
    results.csv:1:28: error: FLOPs (G): which quantity in which unit is not stated; its values are 4.09 to 15.5 (--map 'FLOPs (G)=flops:GFLOP'; or flops:GMAC, or drop)
        Model,Top-1 (%),Params (M),FLOPs (G),Energy,Img size
                                   ^
    results.csv:1:38: error: Energy: which quantity in which unit is not stated; its values are 0.27 to 1014.45 (--map 'Energy=energy:J'; or energy:Wh, energy:kWh, or drop)
        Model,Top-1 (%),Params (M),FLOPs (G),Energy,Img size
                                             ^
    results.csv: error: 3 columns must be explained (greenml import results.csv --map 'Model=name' --map 'FLOPs (G)=flops:?' --map 'Energy=energy:?')
    [2]

    $ greenml rank results.csv --map Model=name --map 'FLOPs (G)=flops:GMAC' --map Energy=energy:J
    results.csv: note: Top-1 (%) is accuracy in %; Params (M) is params in M; FLOPs (G) is flops of one inference in GMAC; Energy is energy of one inference in J
    results.csv: note: numbers without a meaning to greenml, kept as labels: Img size (greenml list fields has the keys of quantities)
    2 models by accuracy/GFLOP, highest first
    #  model      accuracy  accuracy    FLOPs  pareto
                    /GFLOP       (%)  (GFLOP)
    1  ResNet-50     9.307     76.13     8.18  yes
    2  VGG-16        2.309     71.59    31     no

    $ greenml rank results.csv --map Model=name --map 'FLOPs (G)=flops:GMAC' --map Energy=drop --by params --quiet --set dataset=ImageNet-1k --format csv | cut -d, -f1-5,9-18
    name,variant,task,dataset,quality_metric,grid,family,year,url,source,notes,rank,pareto,derived,accuracy_percent
    ResNet-50,,,ImageNet-1k,,,,,,,,1,yes,,76.13
    VGG-16,,,ImageNet-1k,,,,,,,,2,no,,71.59

Words for what is not known are asked for too, once for each column:

    $ printf 'name,accuracy_percent,energy_j\na,75,N/A\nb,76,N/A\nc,77,-1\n' >missing.csv
    $ greenml rank missing.csv
    missing.csv:4:6: error: c: energy_j: -1 is negative
        c,77,-1
             ^
    missing.csv:2:6: error: energy_j: 2 cells are "N/A" (--missing N/A takes them as not measured)
        a,75,N/A
             ^
    [2]

    $ greenml rank missing.csv --missing N/A --missing -1
    note: ranked by accuracy: no model has a cost
    3 models by accuracy, highest first
    #  model  accuracy  pareto
                   (%)
    1  c            77  -
    2  b            76  -
    3  a            75  -

It works for the keys of JSON alike, and a column that no file has is an error:

    $ echo '[{"name": "a", "top1": 75, "flops": 1e9, "energy": -1}]' >keys.json
    $ greenml rank keys.json --map top1=accuracy:% --missing -1 --quiet
    1 model by accuracy/GFLOP, highest first
    #  model  accuracy  accuracy    FLOPs  pareto
                /GFLOP       (%)  (GFLOP)
    1  a            75        75        1  yes

    $ greenml rank keys.json --map top2=accuracy:% --missing -1
    keys.json: note: "top1" is kept as a label, which nothing depends on (if it is the accuracy, call the key accuracy)
    keys.json: note: numbers without a meaning to greenml, kept as labels: top1 (greenml list fields has the keys of quantities)
    greenml: --map: there is no column "top2"; did you mean top1?
    [2]

    $ greenml rank keys.json --map top1=accuracy
    greenml: --map: "top1" is in which unit?; one of accuracy:%, accuracy:fraction
    [2]

    $ greenml rank keys.json --map top1=acuracy:%
    greenml: --map: "acuracy" has a unit, and is no field; did you mean accuracy?
    [2]

    $ greenml rank keys.json --set flops=3
    greenml: --set: flops is a quantity, which each model has its own of; --map COLUMN=flops:UNIT reads a column
    [2]

    $ greenml rank keys.json --set hardwear=V100
    greenml: --set: "hardwear" is no label that greenml knows; did you mean hardware?
    [2]

A table of another country has a comma before its decimals, and something else between its cells:

    $ printf 'name;accuracy_percent;energy_j\na;75,5;1.014,45\nb;76,5;0,42\n' >german.csv
    $ greenml rank german.csv --by energy
    german.csv:2:3: error: a: accuracy_percent: "75,5" is not a number (--input-decimal , reads a comma before decimals)
        a;75,5;1.014,45
          ^
    german.csv:2:8: error: a: energy_j: "1.014,45" is not a number (--input-decimal , reads a comma before decimals)
        a;75,5;1.014,45
               ^
    german.csv:3:3: error: b: accuracy_percent: "76,5" is not a number (--input-decimal , reads a comma before decimals)
        b;76,5;0,42
          ^
    german.csv:3:8: error: b: energy_j: "0,42" is not a number (--input-decimal , reads a comma before decimals)
        b;76,5;0,42
               ^
    [2]

    $ greenml rank german.csv --by energy --input-decimal ,
    2 models by energy, lowest first
    #  model   energy  accuracy  pareto
                 (kJ)       (%)
    1  b      0.00042      76.5  yes
    2  a      1.014        75.5  no

    $ printf 'name|accuracy_percent;flops\na|75;1\n' >bars.csv
    $ greenml rank bars.csv
    bars.csv:1:1: error: the header has as many cells with one delimiter as with another (say which it is: --input-delimiter ',')
        name|accuracy_percent;flops
        ^
    [2]

    $ printf 'name,flops_gflop,notes\na,1,"x\n' >open.csv
    $ greenml rank open.csv
    open.csv:2:5: error: the quotation mark that opens here is never closed (a quotation mark in a cell is written twice, and the cell put between two)
        a,1,"x
            ^
    [2]

Standard input is read by its looks, and a baseline as the catalog is:

    $ greenml rank - --quiet <german.csv --input-decimal , --top 1 --format csv | tail -n 1 | cut -d, -f1,18
    b,76.5

    $ sed 's/76.13/66.13/' results.csv >worse.csv
    $ greenml check worse.csv --baseline results.csv --max-drop 5% --map Model=name --map 'FLOPs (G)=flops:GMAC' --map Energy=drop --quiet
    FAILED: 3 of 6 requirements fall short
    verdict      model      measure              baseline   value   limit        by  required
    falls short  ResNet-50  accuracy               76.13%  66.13%  72.32%  -13.14 %  at most 5 % worse
    falls short  ResNet-50  accuracy_per_gflop      9.307   8.084   8.842  -13.14 %  at most 5 % worse
    falls short  ResNet-50  accuracy_per_mparam     2.974   2.583   2.825  -13.14 %  at most 5 % worse
    holds        VGG-16     accuracy               71.59%  71.59%  68.01%      +0 %  at most 5 % worse
    holds        VGG-16     accuracy_per_gflop      2.309   2.309   2.194      +0 %  at most 5 % worse
    holds        VGG-16     accuracy_per_mparam    0.5173  0.5173  0.4914      +0 %  at most 5 % worse
    [1]

A cell that states its unit itself, or is empty, needs no word about its column; one number without a unit does:

    $ printf 'name,latency\na,3.1 ms\nb,\n' >units.csv && greenml rank units.csv --by latency --quiet
    2 models by latency, lowest first
    #  model  latency
                 (ms)
    1  a          3.1
    -  b          -
    $ printf 'Model,Latency\na,3.1 ms\nb,\n' >units.csv && greenml rank units.csv --map Model=name --by latency --quiet
    2 models by latency, lowest first
    #  model  latency
                 (ms)
    1  a          3.1
    -  b          -
    $ printf 'Model,Latency\na,3.1 ms\nb,2\n' >units.csv && greenml rank units.csv --map Model=name 2>&1 | sed 's/; or .*/; .../'
    units.csv:1:7: error: Latency: which quantity in which unit is not stated; its values are 2 to 2 (--map 'Latency=latency:ms'; ...
        Model,Latency
              ^

The apostrophe that greenml puts before a formula comes off again, one that was there stays:

    $ printf "name,flops\n'=x,1e9\n''=x,2e9\n'x,3e9\n" >formulas.csv && greenml import formulas.csv --keep-order --format ndjson
    {"name": "=x", "flops": 1000000000}
    {"name": "'=x", "flops": 2000000000}
    {"name": "'x", "flops": 3000000000}
    $ greenml import formulas.csv --keep-order --format csv | greenml import - --keep-order --format csv
    name,flops
    '=x,1000000000
    ''=x,2000000000
    'x,3000000000
