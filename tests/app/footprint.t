Energy and CO2e that follow from what is stated, and what they would be elsewhere.

    $ echo '[{"name": "job", "training_power": "1515.43 W", "training_time": "84 h", "pue": 1.58, "carbon_intensity": "0.954 lb/kWh"}]' > job.json
    $ greenml rank job.json --by training_co2
    note: training_energy of 1 model is derived: training_power x training_time x pue
    note: training_co2 of 1 model is derived: training_energy x carbon_intensity
    1 model by training CO2e, lowest first
    #  model  training CO2e  how
                       (kg)
    1  job            87.03  derived
    $ greenml explain job.json job | cut -c 1-110 | sed 's/ *$//'
    note: training_energy of 1 model is derived: training_power x training_time x pue
    note: training_co2 of 1 model is derived: training_energy x carbon_intensity
    job, line 1 of job.json
                      value        from                                                                     method
    training_time     3.5 d        "training_time": "84 h", line 1; 1 h is 3600 s                           not st
    training_power    1.515 kW     "training_power": "1515.43 W", line 1                                    not st
    training_energy   201.1 kWh    training_power x training_time x pue = 1.515 kW x 3.5 d x 1.58           derive
    training_co2      87.03 kg     training_energy x carbon_intensity = 201.1 kWh x 432.7 g/kWh             derive
      compares with   0.005307x    an average American's year (36,156 lb)                                   -
      compares with   0.001523x    a car's lifetime, fuel included (126,000 lb)                             -
      compares with   0.09671x     a passenger's flight New York - San Francisco (1,984 lb)                 -
      compares with   0.01741x     an average human's year (11,023 lb)                                      -
      compares with   497.3x       a kilometre in a European car (175 g)                                    -
      compares with   346.7x       a kilometre in an American car (251 g)                                   -
      compares with   2123x        a kilometre by train (41 g)                                              -
      compares with   94.91x       what a tree takes up in a month (917 g)                                  -
    pue               1.58         "pue": 1.58, line 1                                                      not st
    carbon_intensity  432.7 g/kWh  "carbon_intensity": "0.954 lb/kWh", line 1; 1 lb/kWh is 453.59237 g/kWh  not st
    $ greenml rank job.json --by training_co2 --carbon-intensity 56g/kWh --pue 1.1 --quiet
    1 model by training CO2e, lowest first, if it ran at 56 g/kWh and a PUE of 1.1
    #  model  training CO2e  how
                       (kg)
    1  job            7.841  estimated
    $ greenml rank job.json --by training_co2 --format json --quiet > once.json
    $ greenml rank once.json --by training_co2 --format json --quiet | cmp - once.json

A stated number stays; where it cannot be, a note says so.

    $ echo '[{"name": "job", "training_energy": "1 MWh", "carbon_intensity": "400 g/kWh", "training_co2": "1 t"}]' | greenml rank - --by training_co2
    note: job: training_co2 is stated as 1 t, but training_energy x carbon_intensity is 400 kg
    1 model by training CO2e, lowest first
    #  model  training CO2e
                        (t)
    1  job                1

What cannot be known on another grid is not made up:

    $ echo '[{"name": "job", "training_co2": "1 t"}]' | greenml rank - --by training_co2 --carbon-intensity 56
    note: training_co2 of 1 model cannot be known then: there is nothing to compute it from
    greenml: no model has training_co2; rank by one of: carbon_intensity
    [2]

Mistakes:

    $ greenml rank job.json --by training_co2 --pue 0.9
    greenml: --pue: 0.9 is less than 1
    [2]
    $ greenml rank job.json --by training_co2 --carbon-intensity 56kg
    greenml: --carbon-intensity: "56kg" is a mass, not a carbon intensity; units of carbon intensity: g/kWh, kg/kWh, kg/MWh, lb/MWh, lb/kWh
    [2]
    $ greenml rank job.json --by training_co2 --carbon-intensity ''
    greenml: --carbon-intensity: "" is not a number
    [2]
    $ echo '[{"name": "job", "training_power": "5 kWh"}, {"name": "x", "energy": "5 kW"}]' | greenml rank -
    <stdin>:1:36: error: job: training_power: "5 kWh" is an energy, not a power (units of power: mW, W, kW, MW)
        [{"name": "job", "training_power": "5 kWh"}, {"name": "x", "energy": "5 kW"
                                           ^
    <stdin>:1:70: error: x: energy: "5 kW" is a power, not an energy (units of energy: nJ, uJ, mJ, J, kJ, MJ, GJ, mWh, Wh, kWh, MWh, GWh)
         "job", "training_power": "5 kWh"}, {"name": "x", "energy": "5 kW"}]
                                                                    ^
    [2]

By name: the grid of a country, a US state or a cloud region, and nameplate power, which is an estimate.

    $ cat > named.json <<'END'
    > [{"name": "BERT", "hardware": "V100", "hardware_count": 64, "training_time": "79.2 h", "pue": 1.58, "grid": "FRA"}]
    > END
    $ greenml rank named.json --by training_co2
    note: training_power of 1 model is estimated from nameplate power, from which real power differs by up to 40 %
    note: training_energy of 1 model is derived: training_power x training_time x pue
    note: training_co2 of 1 model is derived: training_energy x carbon_intensity
    note: carbon_intensity of 1 model is looked up by its grid
    V100 / 64: 1 model by training CO2e, lowest first
    #  model  training CO2e  how
                       (kg)
    1  BERT           134.6  estimated
    $ greenml rank named.json --by training_co2 --grid US-CA --quiet
    V100 / 64: 1 model by training CO2e, lowest first, if it ran in California (US-CA) at 205.3 g/kWh
    #  model  training CO2e  how
                       (kg)
    1  BERT           493.2  estimated
    $ greenml rank named.json --by training_co2 --grid US-CA --format json --quiet > once.json
    $ greenml rank once.json --by training_co2 --grid US-CA --format json --quiet | cmp - once.json
    $ greenml rank named.json --by training_co2 --format json --quiet | grep -o '"derived": "[^"]*"'
    "derived": "training_power:estimated training_energy:estimated training_co2:estimated carbon_intensity"
    $ greenml rank named.json --by training_co2 --grid Frnce
    greenml: --grid: "Frnce" is not in the table of grids; did you mean FRA (France, 56.039 g/kWh)?
    [2]
    $ greenml rank named.json --by training_co2 --grid FRA --carbon-intensity 56
    greenml: --grid and --carbon-intensity are two answers to one question; give one of them
    [2]
    $ echo '[{"name": "idle", "accuracy": 50, "flops": 1, "grid": "Frnace"}]' | greenml rank - --quiet
    <stdin>:1: warning: idle: flops: is read as 1 FLOP, fewer than any network has (state the unit, as in "flops": "1.8 GFLOP" or "flops_gflop": 1.8)
    <stdin>:1: warning: idle: grid: "Frnace" is not in the table of grids (did you mean FRA (France, 56.039 g/kWh)?)
    1 model by accuracy/GFLOP, highest first
    #  model     accuracy  accuracy   FLOPs  pareto
                   /GFLOP       (%)  (FLOP)
    1  idle   50000000000        50       1  yes
    $ sed 's/FRA/Atlantis/' named.json | greenml rank - --by training_co2
    <stdin>:1: error: BERT: grid: "Atlantis" is not in the table of grids
    note: training_power of 1 model is estimated from nameplate power, from which real power differs by up to 40 %
    note: training_energy of 1 model is derived: training_power x training_time x pue
    [2]

On another grid a model's own does not matter, whether it is known or not:

    $ sed 's/FRA/Frnace/' named.json > slip.json
    $ greenml rank slip.json --by training_co2 --grid US-CA
    note: training_power of 1 model is estimated from nameplate power, from which real power differs by up to 40 %
    note: training_energy of 1 model is derived: training_power x training_time x pue
    note: training_co2 of 1 model is derived: training_energy x carbon_intensity
    V100 / 64: 1 model by training CO2e, lowest first, if it ran in California (US-CA) at 205.3 g/kWh
    #  model  training CO2e  how
                       (kg)
    1  BERT           493.2  estimated
    $ greenml rank named.json --by training_co2 --carbon-intensity 56
    note: training_power of 1 model is estimated from nameplate power, from which real power differs by up to 40 %
    note: training_energy of 1 model is derived: training_power x training_time x pue
    note: training_co2 of 1 model is derived: training_energy x carbon_intensity
    V100 / 64: 1 model by training CO2e, lowest first, if it ran at 56 g/kWh
    #  model  training CO2e  how
                       (kg)
    1  BERT           134.5  estimated

What if is no fact: its results say so, leave out the grid that a model ran on, and are not taken for stated when they
are read again.

    $ echo '[{"name": "a", "energy": "1 kWh", "pue": 1.5, "grid": "FRA"}]' > ran.json
    $ greenml rank ran.json --by co2 --grid Sweden --format csv --columns grid,carbon_intensity,co2,energy --quiet
    name,rank,grid,carbon_intensity_g_per_kwh,co2_g,energy_j,derived
    a,1,,40.695,40.695,3600000,co2:estimated carbon_intensity:assumed
    $ greenml rank ran.json --by co2 --grid Sweden --pue 1.1 --format json --quiet | tee elsewhere.json | grep -o '"what_if.*\|"derived": "[^"]*"'
    "what_if": "carbon_intensity 40.695 g/kWh in Sweden (SWE), pue 1.1",
    "derived": "energy:assumed co2:estimated pue:assumed carbon_intensity:assumed"
    $ greenml rank elsewhere.json --by co2
    greenml: no model has co2; the models have no quantities
    [2]
    $ greenml explain ran.json a --grid Sweden --format json --quiet | grep what_if
      "what_if": "carbon_intensity 40.695 g/kWh in Sweden (SWE)",
    $ greenml pareto data/imagenet-cnn.json --pue 1.1 --format json --quiet | grep what_if
      "what_if": "pue 1.1",
    $ greenml compare data/training-footprints.json T5 Meena --carbon-intensity 56 --format json --quiet | grep what_if
      "what_if": "carbon_intensity 56 g/kWh",
    $ greenml rank ran.json --by co2 --where grid=FRA --grid Sweden --quiet
    1 model by CO2e, lowest first, if it ran in Sweden (SWE) at 40.7 g/kWh
    #  model  CO2e  how
               (g)
    1  a      40.7  estimated

explain shows what is stated, and what becomes of it:

    $ greenml explain ran.json a --grid Sweden --pue 1.2 --quiet | grep -v compares | cut -c 1-130 | sed 's/ *$//'
    a, line 1 of ran.json, if it ran in Sweden (SWE) at 40.7 g/kWh and a PUE of 1.2
                      value       from                                                      method     rank    frontier  source
    energy            2880 kJ     "energy": "1 kWh", line 1; 1 kWh is 3600000 J; what if: x 1.2 / 1.5 (PUE)  assumed    1 of 1  -
    co2               32.56 g     energy x carbon_intensity = 2880 kJ x 40.7 g/kWh          estimated  1 of 1  -         Patterson et
    pue               1.2         "pue": 1.5, line 1; what if: as asked for                 assumed    1 of 1  -         -
    carbon_intensity  40.7 g/kWh  what if: as asked for                                     assumed    1 of 1  -         -
    $ echo '[{"name": "a", "training_power": "1 kW", "training_time": "10 h", "training_energy": "20 kWh", "pue": 2}]' > train.json
    $ greenml explain train.json a training_energy --pue 1.1 --quiet
    a, line 1 of train.json, if it ran at a PUE of 1.1
                     value   from  method   rank    frontier  source
    training_energy  11 kWh  "training_energy": "20 kWh", line 1; 1 kWh is 3600000 J; what if: x 1.1 / 2 (PUE)  assumed  1 of 1  -         -

Where power would be needed and is in no table, a note says so; a count that is none is an error.

    $ sed 's/V100/V1000/' named.json | greenml rank - --by training_time
    note: carbon_intensity of 1 model is looked up by its grid
    note: no nameplate power is known for V1000; did you mean NVIDIA Tesla V100 (300 W)?
    V1000 / 64: 1 model by training time, lowest first
    #  model  training time
                        (d)
    1  BERT             3.3
    $ sed 's/V100/V1000/; s/"pue": 1.58, //' named.json | greenml rank - --by training_time
    note: carbon_intensity of 1 model is looked up by its grid
    V1000 / 64: 1 model by training time, lowest first
    #  model  training time
                        (d)
    1  BERT             3.3
    $ cat > counts.json <<'END'
    > [{"name": "negative", "hardware": "V100", "hardware_count": -3}, {"name": "half", "hardware_count": 2.5},
    >  {"name": "word", "hardware_count": "four"}, {"name": "fine", "hardware_count": "4"}, {"name": "whole", "hardware_count": 4.0},
    >  {"name": "none", "hardware_count": null}]
    > END
    $ greenml rank counts.json --by training_time
    counts.json:1:61: error: negative: hardware_count: -3 is not a whole number from 1
        [{"name": "negative", "hardware": "V100", "hardware_count": -3}, {"name": "half", "hardware_count": 
                                                                    ^
    counts.json:1:101: error: half: hardware_count: 2.5 is not a whole number from 1
        , "hardware_count": -3}, {"name": "half", "hardware_count": 2.5},
                                                                    ^
    counts.json:2:37: error: word: hardware_count: "four" is not a whole number from 1
         {"name": "word", "hardware_count": "four"}, {"name": "fine", "hardware_coun
                                            ^
    [2]

A US state's factor is in lb/MWh: 452.541 lb/MWh of California is 205.3 g/kWh.

    $ greenml list grids --where name=US-CA --format csv
    name,title,value,year,also,source
    US-CA,California,452.541 lb/MWh,2016,,"US EPA eGRID 2016, as used by CodeCarbon (https://github.com/mlco2/codecarbon)"
    $ greenml footprint --energy 1MWh --grid US-CA --format csv | cut -d , -f 4-8
    grid,derived,training_energy_j,training_co2_g,carbon_intensity_g_per_kwh
    US-CA,training_co2 carbon_intensity,3600000000,205269.14471216997,205.26914471216998

One job without a catalog: BERT by Strubell et al. 2019, 1,507 kWh and 1,438 lb (652 kg), 4.0 % of an American's year.

    $ greenml footprint --power 12041.51W --time 79.2h --pue 1.58 --carbon-intensity 0.954lb/kWh | head -8 | cut -c 1-116 | sed 's/ *$//'
    job: 1.507 MWh, 652 kg CO2e
                      value        from                                                            how      source
    training_power    12.04 kW     --power 12041.51W                                               stated   -
    training_time     3.3 d        --time 79.2h                                                    stated   -
    pue               1.58         --pue 1.58                                                      stated   -
    carbon_intensity  432.7 g/kWh  --carbon-intensity 0.954lb/kWh                                  stated   -
    training_energy   1.507 MWh    training_power x training_time x pue = 12.04 kW x 3.3 d x 1.58  derived  Strubell et
    training_co2      652 kg       training_energy x carbon_intensity = 1.507 MWh x 432.7 g/kWh    derived  Strubell et
    $ greenml footprint --hardware V100 --count 64 --time 79.2h --grid US --pue 1.58 | head -1
    note: this rests on nameplate power, from which real power differs by up to 40 %
    job: 2.403 MWh, 887.7 kg CO2e (estimated)
    $ greenml footprint --energy 1507kWh --grid FRA --name BERT --format json > job.json && greenml rank job.json --by training_co2 --quiet
    1 model by training CO2e, lowest first
    #  model  training CO2e  how
                       (kg)
    1  BERT           84.45  derived
    $ greenml footprint --energy 1507kWh
    note: without --grid or --carbon-intensity there is no CO2e
    job: 1.507 MWh
                     value      from              how     source
    training_energy  1.507 MWh  --energy 1507kWh  stated  -
    $ greenml footprint --hardware A100 --time 5h --pue 1.1
    greenml: --hardware: "A100" is not in the table of hardware; it could be NVIDIA A100 SXM4 80GB (400 W), NVIDIA A100 40GB PCIe (250 W), NVIDIA A100 80GB PCIe (300 W)
    [2]
    $ greenml footprint --hardware V100 --time 5h
    greenml: the energy cannot be known; give --pue, or --energy
    [2]
    $ greenml footprint --hardware V100 --count 0 --time 5h --pue 1.1
    greenml: --count: "0" is not a whole number from 1
    [2]
    $ greenml footprint --power 5kWh --time 5h --pue 1.1
    greenml: --power: "5kWh" is an energy, not a power; units of power: mW, W, kW, MW
    [2]
    $ greenml footprint --power 5kW --time 1h --pue 0.9
    greenml: --pue: 0.9 is less than 1
    [2]
    $ greenml footprint --energy 5kWh --pue 1.1
    greenml: --energy and --pue do not go together: energy is at the meter, PUE included; give one of them
    [2]
    $ greenml footprint --power 5kW --hardware V100 --time 5h --pue 1.1
    greenml: --power and --hardware are two answers to one question; give one of them
    [2]
    $ greenml footprint --power 5kW --count 8 --time 5h --pue 1.1
    greenml: --power and --count do not go together: the power is that of the whole job; give one of them
    [2]
    $ greenml footprint --energy 5kWh --count 8
    greenml: --count is of --hardware, which is not given
    [2]
    $ greenml footprint --energy 5kWh --grid FRA --carbon-intensity 56
    greenml: --grid and --carbon-intensity are two answers to one question; give one of them
    [2]

Tables of one's own:

    $ mkdir mine; echo '{"rows": [{"name": "roof", "value": "41 g/kWh", "year": 2024, "source": "our own meter"}]}' > mine/grids.json
    $ greenml list grids --reference mine
    1 grid
    name  title  value     year  also  source
    roof  -      41 g/kWh  2024  -     our own meter
    $ greenml rank named.json --by training_co2 --reference mine --quiet
    named.json:1: error: BERT: grid: "FRA" is not in the table of grids
    [2]
    $ greenml rank named.json --by training_co2 --grid roof --reference mine --quiet
    V100 / 64: 1 model by training CO2e, lowest first, if it ran in roof at 41 g/kWh
    #  model  training CO2e  how
                       (kg)
    1  BERT           98.51  estimated
    $ echo '{"rows": [{"name": "roof", "value": "41 g", "source": "x"}]}' > mine/grids.json
    $ greenml list grids --reference mine
    mine/grids.json:1:11: error: rows[0]: value: "41 g" is a mass, not a carbon intensity
        {"rows": [{"name": "roof", "value": "41 g", "sourc
                  ^
    [2]
    $ echo '{"rows": [{"name": "cup", "title": "a cup of coffee", "value": "50 g", "source": "our own kitchen"}]}' > mine/equivalents.json; rm mine/grids.json
    $ greenml rank data/torchvision.json --reference mime
    greenml: --reference: there is no folder "mime"
    [2]
    $ greenml footprint --power 1W --time 1h --pue 1.1 --reference mime
    greenml: --reference: there is no folder "mime"
    [2]
    $ echo '[{"name": "a", "co2": "100 g"}]' | greenml explain - a --reference mine
    a, line 1 of <stdin>
                     value  from                    method      rank    frontier  source
    co2              100 g  "co2": "100 g", line 1  not stated  1 of 1  -         -
      compares with  2x     a cup of coffee (50 g)  -           -       -         our own kitchen
    $ greenml list grids --where naem=FRA
    greenml: --where: there is no column "naem"; columns: name, title, value, year, also, source
    [2]
    $ greenml list hardware --where name=nothing
    greenml: nothing in the list matches name=nothing
    [2]

Energy that contradicts power and time is said to do so: a PUE is at least 1, and power that is looked up is not exact.

    $ greenml footprint --energy 1kWh --power 10kW --time 10h | head -1
    note: without --grid or --carbon-intensity there is no CO2e
    note: training_energy is stated as 1 kWh, but training_power x training_time is 100 kWh: a PUE of 0.01, where none is below 1
    job: 1 kWh
    $ greenml footprint --energy 1MWh --power 10kW --time 10h | head -1
    note: without --grid or --carbon-intensity there is no CO2e
    note: training_energy is stated as 1 MWh, but training_power x training_time is 100 kWh: a PUE of 10, where hardly one is above 3
    job: 1 MWh
    $ greenml footprint --energy 120kWh --power 10kW --time 10h | head -1
    note: without --grid or --carbon-intensity there is no CO2e
    job: 120 kWh
    $ greenml footprint --energy 100Wh --hardware V100 --time 3h | head -1
    note: without --grid or --carbon-intensity there is no CO2e
    note: training_energy is stated as 360 kJ, but training_power x training_time is 3240 kJ: a PUE of 0.1111, where none is below 1
    job: 360 kJ
    $ greenml footprint --energy 700Wh --hardware V100 --time 3h | head -1
    note: without --grid or --carbon-intensity there is no CO2e
    job: 2520 kJ

A what-if that changes nothing is said:

    $ echo '[{"name": "a", "accuracy": 50, "flops": 100}]' > no_energy.json
    $ greenml rank no_energy.json --grid FRA > /dev/null
    no_energy.json:1: warning: a: flops: is read as 100 FLOP, fewer than any network has (state the unit, as in "flops": "1.8 GFLOP" or "flops_gflop": 1.8)
    note: no model has an energy or CO2e that another grid or data centre would change
