greenml diff: what changed between two catalogs.

    $ cat > old.json <<'END'
    > [{"name": "small", "accuracy": 70, "energy": {"value": 0.5, "unit": "J", "error": 0.05}, "latency_ms": 3},
    >  {"name": "large", "accuracy": 80, "energy": 2, "latency_ms": 9},
    >  {"name": "plain", "accuracy": 75, "energy": 1},
    >  {"name": "first name", "accuracy": 71.5, "energy": 1.25},
    >  {"name": "gone", "accuracy": 60, "energy": 1}]
    > END
    $ cat > new.json <<'END'
    > [{"name": "small", "accuracy": 70, "energy": {"value": 0.52, "unit": "J", "error": 0.05}},
    >  {"name": "large", "accuracy": 81, "energy": 2.5, "latency_ms": 4.5},
    >  {"name": "plain", "accuracy": 75, "energy": 1, "size": "90 MB"},
    >  {"name": "second name", "accuracy": 71.5, "energy": 1.25},
    >  {"name": "fresh", "accuracy": 77, "energy": 3}]
    > END
    $ greenml diff old.json new.json
    1 quantity is worse, 2 quantities are better, 1 changed within its error, 1 is known now, 1 is no longer known, 1 model is new, 1 model is gone, 1 model seems renamed
    change           model                                                   quantity  before   after       by
    better           large                                                   latency     9 ms  4.5 ms    -50 %
    worse            large                                                   energy       2 J   2.5 J    +25 %
    better           large                                                   accuracy     80%     81%  +1.25 %
    within error     small                                                   energy    500 mJ  520 mJ     +4 %
    known now        plain                                                   size           -   90 MB        -
    no longer known  small                                                   latency     3 ms       -        -
    new              fresh                                                   -              -       -        -
    gone             gone                                                    -              -       -        -
    renamed          second name (a guess: first name had the same figures)  -              -       -        -
    $ greenml diff old.json new.json --only changed --format markdown
    **1 quantity is worse, 2 quantities are better, 1 changed within its error, 1 is known now, 1 is no longer known, 1 model is new, 1 model is gone, 1 model seems renamed**
    
    | change | model | quantity | before | after | by |
    | --- | --- | --- | ---: | ---: | ---: |
    | better | large | latency | 9 ms | 4.5 ms | -50 % |
    | worse | large | energy | 2 J | 2.5 J | +25 % |
    | better | large | accuracy | 80% | 81% | +1.25 % |
    | known now | plain | size | - | 90 MB | - |
    | no longer known | small | latency | 3 ms | - | - |
    | new | fresh | - | - | - | - |
    | gone | gone | - | - | - | - |
    | renamed | second name (a guess: first name had the same figures) | - | - | - | - |
    $ greenml diff old.json new.json --only worse,better --format csv
    change,name,variant,task,dataset,quality_metric,hardware,hardware_count,quantity,before,after,unit,change_percent,before_error,after_error,renamed_from
    better,large,,,,,,,latency,0.009,0.0045,s,-50,,,
    worse,large,,,,,,,energy,2,2.5,J,25,,,
    better,large,,,,,,,accuracy,80,81,%,1.25,,,
    $ greenml diff old.json new.json --only models --format json
    {
      "summary": "1 quantity is worse, 2 quantities are better, 1 changed within its error, 1 is known now, 1 is no longer known, 1 model is new, 1 model is gone, 1 model seems renamed",
      "notes": [],
      "changes": [
        {"change": "new", "name": "fresh", "variant": null, "task": null, "dataset": null, "quality_metric": null, "hardware": null, "hardware_count": null, "quantity": null, "before": null, "after": null, "unit": null, "change_percent": null, "before_error": null, "after_error": null, "renamed_from": null},
        {"change": "gone", "name": "gone", "variant": null, "task": null, "dataset": null, "quality_metric": null, "hardware": null, "hardware_count": null, "quantity": null, "before": null, "after": null, "unit": null, "change_percent": null, "before_error": null, "after_error": null, "renamed_from": null},
        {"change": "renamed", "name": "second name", "variant": null, "task": null, "dataset": null, "quality_metric": null, "hardware": null, "hardware_count": null, "quantity": null, "before": null, "after": null, "unit": null, "change_percent": null, "before_error": null, "after_error": null, "renamed_from": "first name"}
      ]
    }
    $ greenml diff old.json new.json --where name=large
    note: 4 of 5 models are left out: 4 by --where name=large
    1 quantity is worse, 2 quantities are better
    change  model  quantity  before   after       by
    better  large  latency     9 ms  4.5 ms    -50 %
    worse   large  energy       2 J   2.5 J    +25 %
    better  large  accuracy     80%     81%  +1.25 %
    $ greenml diff old.json old.json --only changed
    nothing changed: 5 models are the same
    change  model  quantity  before  after  by

The earlier catalog may be standard input, or the output of a command:

    $ greenml diff - new.json --only worse < old.json
    1 quantity is worse, 2 quantities are better, 1 changed within its error, 1 is known now, 1 is no longer known, 1 model is new, 1 model is gone, 1 model seems renamed
    change  model  quantity  before  after     by
    worse   large  energy       2 J  2.5 J  +25 %
    $ bash -c 'greenml diff <(cat old.json) new.json --only worse'
    1 quantity is worse, 2 quantities are better, 1 changed within its error, 1 is known now, 1 is no longer known, 1 model is new, 1 model is gone, 1 model seems renamed
    change  model  quantity  before  after     by
    worse   large  energy       2 J  2.5 J  +25 %
    $ greenml diff - - < old.json
    greenml: OLD and CATALOG cannot both be standard input
    [2]

A table for people is cut, with a count; programs get everything:

    $ greenml diff data/timm.json data/torchvision.json --quiet | sed -n '1p;$p'
    80 models are new, 1,556 models are gone
    and 1,586 more
    $ greenml diff data/timm.json data/torchvision.json --format ndjson | wc -l
    1636

What cannot be compared is an error:

    $ greenml diff old.json missing.json
    greenml: cannot open missing.json: No such file or directory
    [2]
    $ greenml diff old.json
    greenml: CATALOG is required; see greenml diff --help
    [2]
    $ greenml diff old.json new.json --only wurse
    greenml: --only: unknown "wurse"; did you mean worse?
    [2]
