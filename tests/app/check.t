greenml check: a gate that cannot pass by accident.

    $ cat > base.json <<'END'
    > [{"name": "small", "accuracy": 70, "energy": {"value": 0.5, "unit": "J", "method": "measured"}},
    >  {"name": "large", "accuracy": 80, "energy": 2},
    >  {"name": "old", "accuracy": 75, "energy": 1}]
    > END
    $ cat > now.json <<'END'
    > [{"name": "small", "accuracy": 70, "energy": {"value": 0.5, "unit": "J", "method": "measured"}},
    >  {"name": "large", "accuracy": 80, "energy": 2.2},
    >  {"name": "new", "accuracy": 75, "energy": 1}]
    > END

Limits:

    $ greenml check now.json --baseline base.json --max-drop 5% --where 'name=SMALL'
    CANNOT JUDGE: 0 of 1 requirement falls short, 1 cannot be judged
    verdict           model       measure  baseline  value  limit  by  required
    cannot be judged  all models  -               -      -      -   -  no model is selected; did you mean small?
    [2]
    $ echo '[{"name": "a", "accuracy": 76.13}]' > before.json; echo '[{"name": "a", "accuracy": 75.6299}]' > after.json
    $ greenml check after.json --baseline before.json --max-drop accuracy=0.5 --format github
    ::error file=after.json,line=1,title=a%3A accuracy at most 0.5 points worse::a: accuracy fell from 76.13%25 to 75.6299%25 (-0.6569 %25); allowed is at most 0.5 points worse, which is 75.63%25
    greenml: FAILED: 1 of 1 requirement falls short
    [1]
    $ greenml check now.json --min accuracy=70 --max energy=3J
    PASSED: 0 of 6 requirements fall short
    verdict  model  measure    value  limit        by  required
    holds    large  accuracy     80%    70%  +14.29 %  at least 70%
    holds    large  energy     2.2 J    3 J  -26.67 %  at most 3 J
    holds    new    accuracy     75%    70%  +7.143 %  at least 70%
    holds    new    energy       1 J    3 J  -66.67 %  at most 3 J
    holds    small  accuracy     70%    70%      +0 %  at least 70%
    holds    small  energy    500 mJ    3 J  -83.33 %  at most 3 J
    $ greenml check now.json --min accuracy_per_joule=40
    FAILED: 1 of 3 requirements falls short
    verdict      model  measure             value  limit        by  required
    falls short  large  accuracy_per_joule  36.36     40  -9.091 %  at least 40
    holds        new    accuracy_per_joule     75     40   +87.5 %  at least 40
    holds        small  accuracy_per_joule    140     40    +250 %  at least 40
    [1]
    $ greenml check data/timm.json --min accuracy=99 | sed -n '1p;$p'
    FAILED: 1,556 of 1,556 requirements fall short
    and 1,506 more

What falls short by less than four digits show is told with all of them, and is not what is at its limit:

    $ greenml check data/torchvision.json --where name=resnet50 --min accuracy=80.8581
    FAILED: 1 of 1 requirement falls short
    verdict      model     measure     value     limit            by  required
    falls short  resnet50  accuracy  80.858%  80.8581%  -0.0001237 %  at least 80.8581%
    [1]
    $ greenml check data/torchvision.json --where name=resnet50 --min accuracy=80.8581 --report junit=/dev/stdout -o /dev/null
    <?xml version="1.0"?>
    <testsuites name="greenml">
      <testsuite name="greenml check data/torchvision.json" tests="1" failures="1" errors="0" skipped="0">
        <testcase classname="greenml check data/torchvision.json" name="resnet50: accuracy at least 80.86%" file="data/torchvision.json" line="56">
          <failure message="resnet50: accuracy is 80.858%; the limit is at least 80.8581% (-0.0001237 %)" />
        </testcase>
      </testsuite>
    </testsuites>
    greenml: FAILED: 1 of 1 requirement falls short
    [1]
    $ greenml check data/torchvision.json --where name=resnet50 --min accuracy=80.8579 --min accuracy=80.858
    PASSED: 0 of 2 requirements fall short
    verdict  model     measure     value     limit            by  required
    holds    resnet50  accuracy  80.858%  80.8579%  +0.0001237 %  at least 80.8579%
    holds    resnet50  accuracy   80.86%    80.86%          +0 %  at least 80.86%
    $ greenml check data/torchvision.json --where name=resnet50 --max params=25557031
    FAILED: 1 of 1 requirement falls short
    verdict      model     measure     value     limit            by  required
    falls short  resnet50  params   25557032  25557031  +3.913e-06 %  at most 25557031
    [1]
    $ greenml check now.json --where name=large --baseline base.json --max-drop energy=0.19999J
    FAILED: 1 of 1 requirement falls short
    verdict      model  measure  baseline  value      limit     by  required
    falls short  large  energy        2 J  2.2 J  2.19999 J  +10 %  at most 200 mJ worse
    [1]

A baseline, and how much worse is allowed:

    $ greenml check now.json --baseline base.json --max-drop 5%
    FAILED: 2 of 5 requirements fall short, 1 model is new
    verdict      model  measure             baseline  value  limit        by  required
    falls short  large  accuracy_per_joule        40  36.36     38  -9.091 %  at most 5 % worse
    falls short  old    -                          -      -      -         -  to be there; new has the same figures: probably renamed
    new          new    -                          -      -      -         -  -
    holds        large  accuracy                 80%    80%    76%      +0 %  at most 5 % worse
    holds        small  accuracy                 70%    70%  66.5%      +0 %  at most 5 % worse
    holds        small  accuracy_per_joule       140    140    133      +0 %  at most 5 % worse
    [1]
    $ greenml check now.json --baseline base.json --max-drop 10% --max-drop accuracy=0.5 --allow-missing
    PASSED: 0 of 4 requirements fall short, 1 model is new, 1 model is gone, as permitted
    verdict          model  measure             baseline  value  limit        by  required
    gone, permitted  old    -                          -      -      -         -  to be there; new has the same figures: probably renamed
    new              new    -                          -      -      -         -  -
    holds            large  accuracy                 80%    80%  79.5%      +0 %  at most 0.5 points worse
    holds            large  accuracy_per_joule        40  36.36     36  -9.091 %  at most 10 % worse
    holds            small  accuracy                 70%    70%  69.5%      +0 %  at most 0.5 points worse
    holds            small  accuracy_per_joule       140    140    126      +0 %  at most 10 % worse

Every catalog is as good as itself:

    $ for catalog in data/*.json; do greenml check $catalog --baseline $catalog --max-drop 0 | head -1; done
    PASSED: 0 of 138 requirements fall short
    PASSED: 0 of 1,040 requirements fall short
    PASSED: 0 of 6,036 requirements fall short
    PASSED: 0 of 320 requirements fall short
    PASSED: 0 of 122 requirements fall short
    note: training_power of 3 models is estimated from nameplate power, from which real power differs by up to 40 %
    note: data/training-footprints.json: training_power of 3 models is estimated from nameplate power, from which real power differs by up to 40 %
    PASSED: 0 of 198 requirements fall short

No limit, nothing selected, nothing to compare, half a comparison: never a pass.

    $ greenml check now.json
    greenml: there is no limit to check; --min, --max, --baseline with --max-drop, or --budget
    [2]
    $ greenml check now.json --min accuracy=70 --where name=none
    CANNOT JUDGE: 0 of 1 requirement falls short, 1 cannot be judged
    verdict           model       measure  value  limit  by  required
    cannot be judged  all models  -            -      -   -  no model is selected
    [2]
    $ greenml check now.json --max latency=5ms
    CANNOT JUDGE: 3 of 4 requirements fall short, 1 cannot be judged
    verdict           model       measure  value  limit  by  required
    cannot be judged  all models  latency      -      -   -  no model has latency
    falls short       large       latency      -   5 ms   -  at most 5 ms
    falls short       new         latency      -   5 ms   -  at most 5 ms
    falls short       small       latency      -   5 ms   -  at most 5 ms
    [2]
    $ greenml check now.json --baseline base.json
    greenml: --baseline needs to know how much worse is allowed; as in --max-drop 5%
    [2]
    $ greenml check now.json --max-drop 5%
    greenml: --max-drop needs something to compare with; --baseline CATALOG
    [2]
    $ greenml check now.json --baseline data/timm.json --max-drop 5%
    CANNOT JUDGE: 0 of 1 requirement falls short, 1 cannot be judged
    verdict           model       measure  baseline  value  limit  by  required
    cannot be judged  all models  -               -      -      -   -  no model of the catalog is in the baseline: there is nothing to compare
    [2]
    $ greenml check now.json --baseline missing.json --max-drop 5%
    greenml: cannot open missing.json: No such file or directory
    [2]
    $ greenml check missing.json --min accuracy=70
    greenml: cannot open missing.json: No such file or directory
    [2]
    $ greenml check now.json --min acuracy=70
    greenml: --min: "acuracy" is no field or metric; did you mean accuracy?
    [2]
    $ greenml check now.json --max-drop 5 --baseline base.json
    greenml: --max-drop: "5" of what?; write per cent, as in 5%, or name the measure, as in accuracy=0.5
    [2]
    $ greenml check now.json --min accuracy=70 --report junt=x.xml
    greenml: --report: "junt=x.xml" is no report; write FORMAT=FILE, as in junit=report.xml
    [2]
    $ echo '[]' | greenml check - --min accuracy=70
    <stdin>: error: there are no models in it
    [2]

A budget is a file of limits. One that lies beside the catalog is found, and said to be.

    $ cat > greenml-budget.json <<'END'
    > {"baseline": "base.json", "max_drop": {"energy": "20%"}, "allow_missing": true,
    >  "limits": [{"where": "name=small", "min": {"accuracy": "71 %"}, "level": "warn"}]}
    > END
    $ greenml check now.json
    note: limits from greenml-budget.json
    PASSED: 0 of 3 requirements fall short, 1 falls short as a warning, 1 model is new, 1 model is gone, as permitted
    verdict                model  measure   baseline   value   limit        by  required
    falls short (warning)  small  accuracy         -     70%     71%  -1.408 %  at least 71%
    gone, permitted        old    -                -       -       -         -  to be there; new has the same figures: probably renamed
    new                    new    -                -       -       -         -  -
    holds                  large  energy         2 J   2.2 J   2.4 J     +10 %  at most 20 % worse
    holds                  small  energy      500 mJ  500 mJ  600 mJ      +0 %  at most 20 % worse
    limits from greenml-budget.json
    $ greenml check now.json --where name!=small --quiet
    CANNOT JUDGE: 0 of 2 requirements fall short, 1 cannot be judged, 1 model is new, 1 model is gone, as permitted
    verdict           model       measure  baseline  value  limit     by  required
    cannot be judged  all models  -               -      -      -      -  no model is selected
    gone, permitted   old         -               -      -      -      -  to be there; new has the same figures: probably renamed
    new               new         -               -      -      -      -  -
    holds             large       energy        2 J  2.2 J  2.4 J  +10 %  at most 20 % worse
    limits from greenml-budget.json
    [2]
    $ echo '{"max": {"enrgy": "3 J"}}' > bad.json
    $ greenml check now.json --budget bad.json
    bad.json:1:10: error: max.enrgy: "enrgy" is no field or metric (did you mean energy?)
        {"max": {"enrgy": "3 J"}}
                 ^
    [2]
    $ greenml check now.json --budget none.json
    greenml: cannot open none.json: No such file or directory
    [2]
    $ rm greenml-budget.json

Reports for other tools, in one run, whatever the verdict:

    $ greenml check now.json --min accuracy=75 --format github --report junit=junit.xml --report csv=report.csv --report json=report.json
    ::error file=now.json,line=1,title=small%3A accuracy at least 75%25::small: accuracy is 70%25; the limit is at least 75%25 (-6.667 %25)
    greenml: FAILED: 1 of 3 requirements falls short
    [1]
    $ cat junit.xml
    <?xml version="1.0"?>
    <testsuites name="greenml">
      <testsuite name="greenml check now.json" tests="3" failures="1" errors="0" skipped="0">
        <testcase classname="greenml check now.json" name="small: accuracy at least 75%" file="now.json" line="1">
          <failure message="small: accuracy is 70%; the limit is at least 75% (-6.667 %)" />
        </testcase>
        <testcase classname="greenml check now.json" name="large: accuracy at least 75%" file="now.json" line="2" />
        <testcase classname="greenml check now.json" name="new: accuracy at least 75%" file="now.json" line="3" />
      </testsuite>
    </testsuites>
    $ cut -d , -f 1-3,10-13 report.csv
    verdict,level,name,measure,kind,value,limit
    falls short,error,small,accuracy,min,70,75
    holds,error,large,accuracy,min,80,75
    holds,error,new,accuracy,min,75,75
    $ head -4 report.json
    {
      "verdict": "failed",
      "summary": "FAILED: 1 of 3 requirements falls short",
      "budget": null,
    $ GITHUB_STEP_SUMMARY=summary.md greenml check now.json --min accuracy=75 --summary > /dev/null
    [1]
    $ cat summary.md
    **FAILED: 1 of 3 requirements falls short**
    
    | verdict | model | measure | value | limit | by | required |
    | --- | --- | --- | ---: | ---: | ---: | --- |
    | falls short | small | accuracy | 70% | 75% | -6.667 % | at least 75% |
    | holds | large | accuracy | 80% | 75% | +6.667 % | at least 75% |
    | holds | new | accuracy | 75% | 75% | +0 % | at least 75% |
    $ greenml check now.json --min accuracy=70 --report csv=/dev/full > /dev/null
    greenml: cannot write to /dev/full: No space left on device
    [2]
    $ greenml rank now.json --format junit
    greenml: junit is a format of greenml check
    [2]
    $ greenml rank now.json -o out.xml
    greenml: out.xml: the suffix .xml asks for junit, a format of greenml check; give the file another name, or say --format
    [2]
    $ greenml rank now.json -o out.svg
    greenml: out.svg: the suffix .svg asks for svg, a format of greenml plot; give the file another name, or say --format
    [2]

A hostile name forges nothing:

    $ printf '[{"name": "x\\n::error::forged %%0A</testcase>", "energy": 5}]' > hostile.json
    $ greenml check hostile.json --max energy=1J --format github
    ::error file=hostile.json,line=1,title=x\n%3A%3Aerror%3A%3Aforged %250A</testcase>%3A energy at most 1 J::x\n::error::forged %250A</testcase>: energy is 5 J; the limit is at most 1 J (+400 %25)
    greenml: FAILED: 1 of 1 requirement falls short
    [1]
    $ printf '[{"name": "</testsuite><!--\\u0000 ]]>&\\uffff \\u001b[31m", "energy": 5}]' | sed 's/.u0000//' > hostile.json
    $ greenml check hostile.json --max energy=1J --format junit | xmllint --noout -
    greenml: FAILED: 1 of 1 requirement falls short

A ranking in JSON has plain numbers, without how they were obtained and within which error: a baseline is the catalog.

    $ echo '[{"name": "a", "energy": {"value": 1, "unit": "J", "method": "measured", "error": "5%"}}]' > measured.json
    $ greenml rank measured.json --by energy --format json --quiet > ranking.json
    $ greenml check measured.json --baseline measured.json --max-drop energy=5% | head -1
    PASSED: 0 of 1 requirement falls short
    $ greenml check ranking.json --baseline measured.json --max-drop energy=5% | grep -o 'FAILED.*\|measured, as it was'
    FAILED: 1 of 1 requirement falls short
