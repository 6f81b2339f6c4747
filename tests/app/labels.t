A label whose values are all numbers is ranked by, limited and drawn like a field. Which direction is better is said where
it is used; else higher is, or for --max lower:

    $ cat >yolo.json <<X
    > [{"name": "small", "mAP": "37.4", "p95_ms": 3.1, "year": 2021, "released": "2021-06-01", "params": "7.2M"},
    >  {"name": "medium", "mAP": 45.2, "p95_ms": 8.2, "year": 2022, "released": "2022-01", "params": "21M"},
    >  {"name": "large", "mAP": 50.1, "p95_ms": 20, "year": 2023, "released": "2023-12-31", "params": "86M"}]
    > X
    $ greenml rank yolo.json --by mAP --quiet
    3 models by mAP, highest first
    #  model    mAP
    1  large   50.1
    2  medium  45.2
    3  small   37.4
    $ greenml rank yolo.json --by p95_ms:lower --quiet --top 1
    3 models by p95_ms, lowest first, 1 shown
    #  model  p95_ms
    1  small     3.1
    $ greenml rank yolo.json --by params --min mAP=40 --quiet
    2 models by params, lowest first
    #  model   params
                  (M)
    1  medium      21
    2  large       86
    $ greenml check yolo.json --max p95_ms=10 --min mAP=37 --quiet
    FAILED: 1 of 6 requirements falls short
    verdict      model   measure  value  limit        by  required
    falls short  large   p95_ms      20     10    +100 %  at most 10
    holds        large   mAP       50.1     37  +35.41 %  at least 37
    holds        medium  mAP       45.2     37  +22.16 %  at least 37
    holds        medium  p95_ms     8.2     10     -18 %  at most 10
    holds        small   mAP       37.4     37  +1.081 %  at least 37
    holds        small   p95_ms     3.1     10     -69 %  at most 10
    [1]
    $ sed 's/8.2/8.7/' yolo.json >slower.json
    $ greenml check slower.json --baseline yolo.json --max-drop p95_ms:lower=5% --quiet | head -n 3
    FAILED: 1 of 3 requirements falls short
    verdict      model   measure  baseline  value  limit        by  required
    falls short  medium  p95_ms        8.2    8.7   8.61  +6.098 %  at most 5 % worse
    $ echo '{"min": {"mAP": 40}}' >budget.json
    $ greenml check yolo.json --budget budget.json --quiet | head -n 1
    FAILED: 1 of 3 requirements falls short
    $ rm budget.json

What is no such label:

    $ greenml rank yolo.json --by map --quiet
    greenml: --by: "map" is no field or metric, and no label of these models; did you mean mAP?
    [2]
    $ greenml rank yolo.json --by name --quiet
    greenml: --by: name is no number: it is "small" of "small"; a label is measured where all its values are numbers or dates
    [2]
    $ greenml rank yolo.json --by params:higher --quiet
    greenml: --by: which direction of params is better is known; write params
    [2]
    $ greenml check yolo.json --max p95=10 --quiet
    greenml: --max: "p95" is no field or metric, and no label of these models; see greenml list metrics and greenml list fields
    [2]
    $ echo '{"min": {"mPA:higher": 40}}' >budget.json
    $ greenml check yolo.json --budget budget.json --quiet
    greenml: budget.json: "mPA" is no field or metric, and no label of these models; did you mean mAP?
    [2]
    $ greenml check yolo.json --baseline yolo.json --max-drop mPA=1 --quiet
    greenml: --max-drop: "mPA" is no field or metric, and no label of these models; did you mean mAP?
    [2]

Which way a label gets worse is said, never taken for granted:

    $ greenml check yolo.json --baseline yolo.json --max-drop mAP=1 --quiet
    greenml: command line: which direction of mAP is better is not stated; write mAP:higher or mAP:lower
    [2]
    $ greenml check yolo.json --baseline yolo.json --max-drop mAP:higher=1 --quiet | head -n 1
    PASSED: 0 of 3 requirements fall short
    $ echo '{"baseline": "yolo.json", "max_drop": {"mAP": 1}}' >budget.json
    $ greenml check yolo.json --budget budget.json --quiet
    greenml: budget.json: which direction of mAP is better is not stated; write mAP:higher or mAP:lower
    [2]
    $ rm budget.json

A date is a year and a fraction of it:

    $ greenml rank yolo.json --by released --quiet --columns released
    3 models by released, highest first
    #  model   released
    1  large   2023-12-31
    2  medium  2022-01
    3  small   2021-06-01

As an axis, no year beats another, so that there is no frontier:

    $ greenml plot yolo.json --x year --y params --quiet
    params over year
    params (M), log scale
       │                                                                         3
       │
       │
       │
    50 ┤
       │
       │
       │
       │
       │
       │
    20 ┤                                      2
       │
       │
       │
       │
    10 ┤
       │
       │
       │  1
       └──┬───────────────────────────────────┬──────────────────────────────────┬──
        2021                                2022                               2023
                                                                                year
    3 models
    1 small  7.2M, 2021   2 medium  21M, 2022   3 large  86M, 2023
    $ greenml plot yolo.json --x mAP:higher --y params --quiet | tail -n 2
    3 of 3 models on the frontier: no other beats them on both
    1 large  86M, 50.1    2 medium  21M, 45.2   3 small  7.2M, 37.4
