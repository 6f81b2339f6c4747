greenml list: straight from the tables.

    $ greenml list metrics --format json
    {
      "notes": [],
      "metrics": [
        {"name": "accuracy_per_gflop", "formula": "accuracy / flops in GFLOP", "in_bare_amount": true, "same_hardware": false, "source": "Schwartz et al. 2020 (arXiv 1907.10597), who recommend FLOPs"},
        {"name": "accuracy_per_mparam", "formula": "accuracy / params in millions", "in_bare_amount": true, "same_hardware": false, "source": "Bianco et al. 2018 (arXiv 1810.00736), accuracy density"},
        {"name": "accuracy_per_mb", "formula": "accuracy / size in MB", "in_bare_amount": true, "same_hardware": false, "source": "Dalgren & Lundegård 2019, GreenML"},
        {"name": "accuracy_per_ms", "formula": "accuracy / latency in ms", "in_bare_amount": true, "same_hardware": true, "source": "Dalgren & Lundegård 2019, GreenML"},
        {"name": "accuracy_per_joule", "formula": "accuracy / energy in J", "in_bare_amount": true, "same_hardware": true, "source": "Dalgren & Lundegård 2019, GreenML"},
        {"name": "accuracy_per_gco2", "formula": "accuracy / co2 in g", "in_bare_amount": true, "same_hardware": true, "source": "Dalgren & Lundegård 2019, with CO2e for energy"},
        {"name": "accuracy_per_training_hour", "formula": "accuracy / training_time in h", "in_bare_amount": true, "same_hardware": true, "source": "Dalgren & Lundegård 2019, GreenML"},
        {"name": "accuracy_per_training_kwh", "formula": "accuracy / training_energy in kWh", "in_bare_amount": true, "same_hardware": true, "source": "Dalgren & Lundegård 2019, GreenML"},
        {"name": "accuracy_per_training_kgco2", "formula": "accuracy / training_co2 in kg", "in_bare_amount": true, "same_hardware": true, "source": "Dalgren & Lundegård 2019, with CO2e for energy"},
        {"name": "accuracy_per_training_eflop", "formula": "accuracy / training_flops in EFLOP (1e18 FLOP)", "in_bare_amount": true, "same_hardware": false, "source": "Schwartz et al. 2020 (arXiv 1907.10597)"},
        {"name": "accuracy_per_training_usd", "formula": "accuracy / training_cost in USD", "in_bare_amount": true, "same_hardware": true, "source": "Dalgren & Lundegård 2019, with money for energy"},
        {"name": "netscore", "formula": "20 log10(accuracy^2 / sqrt(params in millions x flops in GMAC))", "in_bare_amount": false, "same_hardware": false, "source": "Wong 2018 (arXiv 1806.05512)"}
      ]
    }
    $ greenml list fields --format csv
    name,unit,better,role,same_hardware,in_bare_amount,meaning,other_units
    accuracy,%,higher,quality,false,true,share of right answers; quality_metric says which,percent fraction
    error_rate,%,lower,quality,false,true,"share of errors, as WER or top-1 error; may be more than 100 %",percent fraction
    score,number,higher,quality,false,true,"a score on a scale of its own: BLEU, Elo, reward; may be negative",""
    loss,number,lower,quality,false,true,"what the training makes small: perplexity, cross-entropy, RMSE, FID",""
    flops,FLOP,lower,cost,false,true,operations of one inference; a multiply-accumulate is two,kFLOP MFLOP GFLOP TFLOP PFLOP EFLOP ZFLOP YFLOP RFLOP MAC kMAC MMAC GMAC TMAC PMAC EMAC ZMAC YMAC RMAC pfs-day
    params,count,lower,cost,false,true,trained parameters,k M B G T
    active_params,count,lower,cost,false,true,parameters used for one token of a mixture of experts,k M B G T
    size,B,lower,cost,false,true,the model's file or its weights in memory,kB MB GB TB KiB MiB GiB TiB
    memory,B,lower,cost,true,true,peak memory of one inference,kB MB GB TB KiB MiB GiB TiB
    latency,s,lower,cost,true,true,time of one inference,ps ns us ms min h d
    throughput,/s,higher,cost,true,true,inferences in a second; functional_unit says what one is,/min /h fps it/s tok/s x
    energy,J,lower,cost,true,true,"energy of one inference, at the meter (PUE included)",nJ uJ mJ kJ MJ GJ mWh Wh kWh MWh GWh
    co2,g,lower,cost,true,true,"greenhouse gases of one inference, as CO2 equivalent",ug mg kg t kt lb
    training_flops,FLOP,lower,cost,false,true,floating-point operations of the training,kFLOP MFLOP GFLOP TFLOP PFLOP EFLOP ZFLOP YFLOP RFLOP MAC kMAC MMAC GMAC TMAC PMAC EMAC ZMAC YMAC RMAC pfs-day
    training_time,s,lower,cost,true,true,wall-clock time of the training,ps ns us ms min h d
    training_power,W,lower,cost,true,true,"average power of the whole training job, without PUE",mW kW MW
    training_energy,J,lower,cost,true,true,"energy of the training, at the meter (PUE included)",nJ uJ mJ kJ MJ GJ mWh Wh kWh MWh GWh
    training_co2,g,lower,cost,true,true,"greenhouse gases of the training, as CO2 equivalent",ug mg kg t kt lb
    training_cost,USD,lower,cost,true,true,price of the training,$
    pue,ratio,lower,condition,false,false,energy of the data centre / energy of its computers,""
    carbon_intensity,g/kWh,lower,condition,false,false,"greenhouse gases of a kilowatt-hour, as CO2 equivalent",kg/kWh kg/MWh lb/MWh lb/kWh
    $ greenml list units --format tsv | head -4
    unit	is	in_a_key	fields
    %	1 %	percent	accuracy error_rate
    percent	1 %	percent	accuracy error_rate
    fraction	100 %	fraction	accuracy error_rate
    $ greenml list units | grep -e kWh -e lb
    kWh       3600000 J                 kwh         energy training_energy
    lb        453.59237 g               lb          co2 training_co2
    g/kWh     1 g/kWh                   g_per_kwh   carbon_intensity
    kg/kWh    1000 g/kWh                kg_per_kwh  carbon_intensity
    kg/MWh    1 g/kWh                   kg_per_mwh  carbon_intensity
    lb/MWh    0.45359237 g/kWh          lb_per_mwh  carbon_intensity
    lb/kWh    453.59237 g/kWh           lb_per_kwh  carbon_intensity
