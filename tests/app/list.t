greenml list: straight from the tables.

    $ greenml list metrics --format json
    {
      "metrics": [
        {"name": "accuracy_per_gflop", "formula": "accuracy / flops in GFLOP", "same_hardware": false, "source": "Schwartz et al. 2020 (arXiv 1907.10597), who recommend FLOPs"},
        {"name": "accuracy_per_mparam", "formula": "accuracy / params in millions", "same_hardware": false, "source": "Bianco et al. 2018 (arXiv 1810.00736), accuracy density"},
        {"name": "accuracy_per_mb", "formula": "accuracy / size in MB", "same_hardware": false, "source": "Dalgren & Lundeg\xc3\xa5rd 2019, GreenML"}, (esc)
        {"name": "accuracy_per_ms", "formula": "accuracy / latency in ms", "same_hardware": true, "source": "Dalgren & Lundeg\xc3\xa5rd 2019, GreenML"}, (esc)
        {"name": "accuracy_per_joule", "formula": "accuracy / energy in J", "same_hardware": true, "source": "Dalgren & Lundeg\xc3\xa5rd 2019, GreenML"}, (esc)
        {"name": "accuracy_per_gco2", "formula": "accuracy / co2 in g", "same_hardware": true, "source": "Dalgren & Lundeg\xc3\xa5rd 2019, with CO2e for energy"}, (esc)
        {"name": "accuracy_per_training_hour", "formula": "accuracy / training_time in h", "same_hardware": true, "source": "Dalgren & Lundeg\xc3\xa5rd 2019, GreenML"}, (esc)
        {"name": "accuracy_per_training_kwh", "formula": "accuracy / training_energy in kWh", "same_hardware": true, "source": "Dalgren & Lundeg\xc3\xa5rd 2019, GreenML"}, (esc)
        {"name": "accuracy_per_training_kgco2", "formula": "accuracy / training_co2 in kg", "same_hardware": true, "source": "Dalgren & Lundeg\xc3\xa5rd 2019, with CO2e for energy"}, (esc)
        {"name": "accuracy_per_training_eflop", "formula": "accuracy / training_flops in EFLOP (1e18 FLOP)", "same_hardware": false, "source": "Schwartz et al. 2020 (arXiv 1907.10597)"},
        {"name": "accuracy_per_training_usd", "formula": "accuracy / training_cost in USD", "same_hardware": true, "source": "Dalgren & Lundeg\xc3\xa5rd 2019, with money for energy"}, (esc)
        {"name": "netscore", "formula": "20 log10(accuracy^2 / sqrt(params in millions x flops in GMAC))", "same_hardware": false, "source": "Wong 2018 (arXiv 1806.05512)"}
      ]
    }
    $ greenml list fields --format csv
    name,unit,better,same_hardware,meaning,other_units
    accuracy,%,higher,false,share of right answers; accuracy_metric says which,percent fraction
    flops,FLOP,lower,false,operations of one inference; a multiply-accumulate is two,kFLOP MFLOP GFLOP TFLOP PFLOP EFLOP ZFLOP MAC kMAC MMAC GMAC TMAC PMAC EMAC ZMAC pfs-day
    params,count,lower,false,trained parameters,k M B G T
    size,B,lower,false,the model's file or its weights in memory,kB MB GB TB KiB MiB GiB TiB
    latency,s,lower,true,time of one inference,ns us ms min h d
    energy,J,lower,true,"energy of one inference, at the meter (PUE included)",mJ kJ MJ GJ mWh Wh kWh MWh GWh
    co2,g,lower,true,"greenhouse gases of one inference, as CO2 equivalent",ug mg kg t kt lb
    training_flops,FLOP,lower,false,floating-point operations of the training,kFLOP MFLOP GFLOP TFLOP PFLOP EFLOP ZFLOP MAC kMAC MMAC GMAC TMAC PMAC EMAC ZMAC pfs-day
    training_time,s,lower,true,wall-clock time of the training,ns us ms min h d
    training_power,W,lower,true,"average power of the whole training job, without PUE",mW kW MW
    training_energy,J,lower,true,"energy of the training, at the meter (PUE included)",mJ kJ MJ GJ mWh Wh kWh MWh GWh
    training_co2,g,lower,true,"greenhouse gases of the training, as CO2 equivalent",ug mg kg t kt lb
    training_cost,USD,lower,true,price of the training,$
    pue,ratio,lower,false,energy of the data centre / energy of its computers,""
    carbon_intensity,g/kWh,lower,false,"greenhouse gases of a kilowatt-hour, as CO2 equivalent",kg/kWh kg/MWh lb/MWh lb/kWh
    $ greenml list units --format tsv | head -4
    unit\tis\tin_a_key\tfields (esc)
    %\t1 %\tpercent\taccuracy (esc)
    percent\t1 %\tpercent\taccuracy (esc)
    fraction\t100 %\tfraction\taccuracy (esc)
    $ greenml list units | grep -e kWh -e lb
    kWh       3600000 J              kwh         energy training_energy
    lb        453.59237 g            lb          co2 training_co2
    g/kWh     1 g/kWh                g_per_kwh   carbon_intensity
    kg/kWh    1000 g/kWh             kg_per_kwh  carbon_intensity
    kg/MWh    1 g/kWh                kg_per_mwh  carbon_intensity
    lb/MWh    0.45359237 g/kWh       lb_per_mwh  carbon_intensity
    lb/kWh    453.59237 g/kWh        lb_per_kwh  carbon_intensity
