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
                      value        from                                                          method      rank
    training_time     3.5 d        "training_time": "84 h", line 1; 1 h is 3600 s                not stated  1 of
    training_power    1.515 kW     "training_power": "1515.43 W", line 1                         not stated  1 of
    training_energy   201.1 kWh    training_power x training_time x pue = 1.515 kW x 3.5 d x 1.58  derived     1 o
    training_co2      87.03 kg     training_energy x carbon_intensity = 201.1 kWh x 432.7 g/kWh  derived     1 of
      compares with   0.005307x    an average American's year (36,156 lb)                        -           -
      compares with   0.001523x    a car's lifetime, fuel included (126,000 lb)                  -           -
      compares with   0.09671x     a passenger's flight New York - San Francisco (1,984 lb)      -           -
    pue               1.58         "pue": 1.58, line 1                                           not stated  1 of
    carbon_intensity  432.7 g/kWh  "carbon_intensity": "0.954 lb/kWh", line 1; 1 lb/kWh is 453.59237 g/kWh  not st
    $ greenml rank job.json --by training_co2 --carbon-intensity 56g/kWh --pue 1.1 --quiet
    1 model by training CO2e, lowest first, if it ran at 56 g/kWh and a PUE of 1.1
    #  model  training CO2e  how
                       (kg)
    1  job            7.841  derived
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
    greenml: no model has training_co2; rank by a quantity that they have: --by carbon_intensity
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
    <stdin>:1:70: error: x: energy: "5 kW" is a power, not an energy (units of energy: mJ, J, kJ, MJ, GJ, mWh, Wh, kWh, MWh, GWh)
         "job", "training_power": "5 kWh"}, {"name": "x", "energy": "5 kW"}]
                                                                    ^
    [2]
