The gate tells the truth: what it compares, and what it says where it cannot.

A collapsed model falls short, although its ratios hold:

    $ echo '[{"name": "net", "accuracy": 81, "flops": "4 GFLOP"}]' > before.json
    $ echo '[{"name": "net", "accuracy": 2, "flops": "0.05 GFLOP"}]' > after.json
    $ greenml check after.json --baseline before.json --max-drop 5%
    FAILED: 1 of 2 requirements falls short
    verdict      model  measure             baseline  value   limit        by  required
    falls short  net    accuracy                 81%     2%  76.95%  -97.53 %  at most 5 % worse
    holds        net    accuracy_per_gflop     20.25     40   19.24  +97.53 %  at most 5 % worse
    [1]

The baseline may come from where the change cannot reach it:

    $ bash -c 'greenml check after.json --baseline <(cat before.json) --max-drop 5%' | head -1
    FAILED: 1 of 2 requirements falls short
    $ cat before.json | greenml check after.json --baseline - --max-drop 5% | head -1
    FAILED: 1 of 2 requirements falls short
    $ cat before.json | greenml check - --baseline - --max-drop 5%
    greenml: the catalog and its baseline cannot both be standard input
    [2]

What differs is said:

    $ echo '[{"name": "net", "accuracy": 76.1, "quality_metric": "top-1"}]' > before.json
    $ echo '[{"name": "net", "accuracy": 92.9, "quality_metric": "top-5"}]' > after.json
    $ greenml check after.json --baseline before.json --max-drop 5%
    CANNOT JUDGE: 0 of 1 requirement falls short, 1 cannot be judged
    verdict           model  measure  baseline  value  limit  by  required
    cannot be judged  net    -               -      -      -   -  quality_metric is top-5, in the baseline top-1
    [2]
    $ echo '[{"name": "net", "latency": "5 ms", "hardware": "runner-a"}]' > before.json
    $ echo '[{"name": "net", "latency": "5 ms", "hardware": "runner-b"}]' > after.json
    $ greenml check after.json --baseline before.json --max-drop 5%
    CANNOT JUDGE: 0 of 1 requirement falls short, 1 cannot be judged
    verdict           model       measure  baseline  value  limit  by  required
    cannot be judged  all models  -               -      -      -   -  no model of the catalog is in the baseline: net: hardware is runner-b, in the baseline runner-a; take a baseline of the same, or choose the labels that models are matched by, as in --match name,variant
    [2]
    $ greenml check after.json --baseline before.json --max-drop 5% --match name,variant
    PASSED: 0 of 1 requirement falls short
    verdict  model  measure  baseline  value    limit    by  required
    holds    net    latency      5 ms   5 ms  5.25 ms  +0 %  at most 5 % worse
    $ greenml check after.json --baseline before.json --max-drop 5% --match nmae
    greenml: --match: "nmae" is no label of these models; did you mean name?
    [2]

A renamed model, a new one:

    $ echo '[{"name": "old", "accuracy": 80, "flops": 5e9}, {"name": "b", "accuracy": 70}]' > before.json
    $ echo '[{"name": "new", "accuracy": 80, "flops": 5e9}, {"name": "b", "accuracy": 70}]' > after.json
    $ greenml check after.json --baseline before.json --max-drop 5% --allow-missing --format json | grep -o 'old is in[^"]*'
    old is in the baseline, and gone from the catalog (new has the same figures: probably renamed), as permitted
    $ greenml check after.json --baseline before.json --max-drop 5% --allow-missing --require-baseline
    FAILED: 1 of 2 requirements falls short, 1 model is gone, as permitted
    verdict          model  measure   baseline  value  limit    by  required
    falls short      new    -                -      -      -     -  to be in the baseline, or held by a limit
    gone, permitted  old    -                -      -      -     -  to be there; new has the same figures: probably renamed
    holds            b      accuracy       70%    70%  66.5%  +0 %  at most 5 % worse
    [1]
    $ greenml check after.json --baseline before.json --max-drop 5% --allow-missing --require-baseline --min accuracy=60 | head -1
    PASSED: 0 of 3 requirements fall short, 1 model is new, 1 model is gone, as permitted

What is asked of a baseline needs one; a gate must not pass for want of it:

    $ greenml check after.json --min accuracy=60 --require-baseline
    greenml: --require-baseline needs a baseline; --baseline CATALOG
    [2]
    $ echo '{"require_baseline": true, "limits": [{"min": {"accuracy": 60}}]}' > budget.json
    $ greenml check after.json --budget budget.json
    greenml: budget.json: require_baseline needs a baseline; --baseline CATALOG
    [2]
    $ greenml check after.json --min accuracy=60 --allow-missing --match name > /dev/null
    note: --allow-missing has no effect without a baseline
    note: --match has no effect without a baseline

A method that weighs less, conditions of the place, stated errors:

    $ echo '[{"name": "a", "energy": {"value": 1, "method": "reported"}, "pue": 1.1}]' > before.json
    $ echo '[{"name": "a", "energy": {"value": 1, "method": "assumed"}, "pue": 1.5}]' > after.json
    $ greenml check after.json --baseline before.json --max-drop 5%
    FAILED: 1 of 1 requirement falls short, 1 remark
    verdict      model  measure  baseline  value   limit        by  required
    falls short  a      energy        1 J    1 J  1.05 J      +0 %  as sure as it was
    remark       a      pue           1.1    1.5       -  +36.36 %  a condition of the place, which no amount covers
    [1]
    $ greenml check after.json --baseline before.json --max-drop 5% --format json | grep -o 'a: .*is less sure[^"]*'
    greenml: FAILED: 1 of 1 requirement falls short, 1 remark
    a: energy is less sure than in the baseline: 1 J (assumed), and was 1 J (reported)
    $ echo '[{"name": "a", "energy": {"value": 10, "error": 0.3}}]' > before.json
    $ echo '[{"name": "a", "energy": {"value": 10.5, "error": 0.4}}]' > after.json
    $ greenml check after.json --baseline before.json --max-drop 1%
    CANNOT JUDGE: 0 of 1 requirement falls short, 1 is indeterminate
    verdict        model  measure  baseline   value   limit    by  required
    indeterminate  a      energy       10 J  10.5 J  10.1 J  +5 %  at most 1 % worse
    [2]
    $ greenml check after.json --baseline before.json --max-drop 1% --format json | grep -o 'as near as[^"]*'
    greenml: CANNOT JUDGE: 0 of 1 requirement falls short, 1 is indeterminate
    as near as their stated errors: 10.5 J +- 400 mJ, in the baseline 10 J +- 300 mJ

Amounts beyond sense, and limits that are turned round:

    $ greenml check after.json --baseline before.json --max-drop 100%
    greenml: --max-drop: "100%" allows anything; what is better when higher cannot fall by 100 % and more
    [2]
    $ greenml check after.json --baseline before.json --max-drop 5%%
    greenml: --max-drop: "5%" is not a number
    [2]
    $ greenml check after.json --baseline before.json --max-drop energy=1e300%
    greenml: --max-drop: "energy=1e300%" allows anything; 10,000 % is the most
    [2]
    $ greenml check after.json --min energy=1J | head -1
    note: energy is better when lower: did you mean --max energy=1 J?
    PASSED: 0 of 1 requirement falls short

A budget that is there and cannot be followed is not "no budget"; what stands at its top goes for each block:

    $ ln -s /nonexistent/limits.json greenml-budget.json
    $ greenml check after.json --min energy=1J
    greenml: cannot open greenml-budget.json: No such file or directory
    [2]
    $ rm greenml-budget.json
    $ echo '{"where": "name=a", "level": "warn", "limits": [{"max": {"energy": "1 J"}}]}' > budget.json
    $ echo '[{"name": "a", "energy": 2}, {"name": "b", "energy": 9}]' > two.json
    $ greenml check two.json --budget budget.json
    PASSED: 0 of 1 requirement falls short, 1 falls short as a warning
    verdict                model  measure  value  limit      by  required
    falls short (warning)  a      energy     2 J    1 J  +100 %  at most 1 J
    limits from budget.json

Names are found literally before they are patterns:

    $ echo '[{"name": "net [v2]", "energy": 500}, {"name": "net v", "energy": 1}, {"name": "a,b", "energy": 2}]' > names.json
    $ greenml check names.json --where 'name=net [v2]' --max energy=5J
    FAILED: 1 of 1 requirement falls short
    verdict      model     measure  value  limit       by  required
    falls short  net [v2]  energy   500 J    5 J  +9900 %  at most 5 J
    [1]
    $ greenml check names.json --where 'name=net [uv]' --max energy=5J
    PASSED: 0 of 1 requirement falls short
    verdict  model  measure  value  limit     by  required
    holds    net v  energy     1 J    5 J  -80 %  at most 5 J
    $ greenml rank names.json --by energy --where 'name=a,b' --format csv --columns energy --quiet
    name,rank,energy_j
    "a,b",1,2
    $ greenml rank names.json --by energy --where 'name=net v,net [v2]' --format csv --columns energy --quiet
    name,rank,energy_j
    net v,1,1
    net [v2],2,500
    $ greenml rank names.json --by energy --where 'name==net [uv]'
    greenml: none of the 3 models is left: 3 by --where name==net [uv]
    [2]

A ratio to what is 0:

    $ echo '[{"name": "A", "accuracy": 80, "co2": 0}, {"name": "B", "accuracy": 81, "co2": 5}]' > zero.json
    $ greenml rank zero.json --by co2 --relative-to A
    greenml: --relative-to: nothing is a multiple of the co2 of "A", which comes from a 0
    [2]
