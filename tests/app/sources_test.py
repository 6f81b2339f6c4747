"""Reads a file of each source, and holds every value to a calculation of its own from the same text. The files are rows
of public ones, as their tools write them; the comment of each says whose."""

import csv
import io
import json
import os
import tempfile
import unittest

from process import run_here

KWH = 3.6e6

# mlco2/codecarbon, examples (MIT): 31 columns of version 2; run_id repeats, and the last row of one counts.
CODECARBON = """timestamp,project_name,run_id,duration,emissions,emissions_rate,cpu_power,gpu_power,ram_power,cpu_energy,gpu_energy,ram_energy,energy_consumed,country_name,country_iso_code,region,cloud_provider,cloud_region,os,python_version,cpu_count,cpu_model,gpu_count,gpu_model,longitude,latitude,ram_total_size,tracking_mode,on_cloud
2024-03-01T12:00:00,resnet18-run,5f0c,48.079561498873325,0.0002310759173100252,0.0048061153243970445,42.5,292.0,70.3,0.0005,0.0042,0.0008,0.005622285092701343,Sweden,SWE,stockholm,,,Linux-6.1,3.11,32,AMD EPYC 7543,1,1 x NVIDIA RTX A6000,18.06,59.33,125.7,machine,N
2024-03-01T12:05:00,resnet18-run,5f0c,453.1391346090922,0.002155593053814276,0.0047,42.5,320.9,70.3,0.0052,0.0393,0.0078,0.052447519557524955,Sweden,SWE,stockholm,,,Linux-6.1,3.11,32,AMD EPYC 7543,1,1 x NVIDIA RTX A6000,18.06,59.33,125.7,machine,N
"""
# The same project, tests/test_data: version 3 has other columns, no graphics processor here, and a zero for its energy.
CODECARBON_3 = """timestamp,project_name,run_id,experiment_id,duration,emissions,emissions_rate,cpu_power,gpu_power,ram_power,cpu_energy,gpu_energy,ram_energy,energy_consumed,water_consumed,country_name,country_iso_code,region,cloud_provider,cloud_region,os,python_version,codecarbon_version,cpu_count,cpu_model,gpu_count,gpu_model,longitude,latitude,ram_total_size,tracking_mode,on_cloud,pue,wue
2021-09-23T15:04:51,codecarbon,0a578547,test,161.20380687713623,0.0004490989249167,0.0027859076880178,0.27,0.0,12.88,0.0,0,0.00057442898176,0.00057442898176,0.1,Morocco,MAR,region-1,,,macOS-10.15.7,3.8.0,2.1.3,12,Intel(R) Core(TM) i7-8850H CPU @ 2.60GHz,,,-7.6,33.6,,constant,N,1.0,0.0
"""
# huggingface/pytorch-image-models, results (Apache-2.0).
TIMM_RESULTS = """model,img_size,top1,top1_err,top5,top5_err,param_count,crop_pct,interpolation
resmlp_24_224.fb_dino,224,0.480,99.520,2.000,98.000,30.02,0.875,bicubic
eva_giant_patch14_560.m30m_ft_in22k_in1k,560,87.320,12.680,97.000,3.000,"1,014.45",1.000,bicubic
"""
TIMM_BENCHMARK = """model,infer_img_size,infer_samples_per_sec,infer_step_time,infer_batch_size,param_count,infer_gmacs,infer_macts
resmlp_24_224,224,1447.9,707.219,1024,30.02,5.96,10.91
eva_giant_patch14_560,560,12.5,20480.5,256,"1,014.45",1906.76,2577.17
nothing_multiplied,32,12.5,80.0,1,0.36,0.00,0.1
"""
TIMM_TRAINING = """model,train_samples_per_sec,train_step_time,train_batch_size,train_img_size,param_count
tinynet_e,10001.12,50.423,512,106,2.04
"""
# sharkdp/hyperfine: its own output.
HYPERFINE = json.dumps({"results": [
    {"command": "gzip-9", "mean": 0.8441185596000003, "stddev": 0.11540463248045446, "median": 0.83, "user": 0.24, "system": 0.004,
     "min": 0.69, "max": 1.0, "times": [1.0, 0.69], "memory_usage_byte": [2097152, 2359296, 1835008], "exit_codes": [0, 0]},
    {"command": "gzip-1", "mean": 0.17028456320000002, "stddev": None, "median": 0.15, "user": 0.03, "system": 0.005,
     "min": 0.1, "max": 0.2, "times": [0.17], "exit_codes": [0]}]}, indent=2)
# perf stat -j: one object a line, after a comment; a counter that is not there says so.
PERF = """# started on Wed Nov 25 02:56:43 2026

{"counter-value" : "51.580000", "unit" : "Joules", "event" : "power/energy-pkg/", "event-runtime" : 1002, "pcnt-running" : 100.00}
{"counter-value" : "<not supported>", "unit" : "Joules", "event" : "power/energy-psys/", "event-runtime" : 0, "pcnt-running" : 0.0}
{"counter-value" : "1002345678.000000", "unit" : "ns", "event" : "duration_time", "event-runtime" : 1002345678, "pcnt-running" : 100.00}
"""
# ggml-org/llama.cpp, tools/llama-bench/README.md (MIT).
LLAMA_BENCH = """build_commit,cpu_info,gpu_info,model_filename,model_type,model_size,model_n_params,n_batch,n_threads,n_gpu_layers,n_prompt,n_gen,n_depth,test_time,avg_ns,stddev_ns,avg_ts,stddev_ts
"8cf427ff","AMD Ryzen 7","NVIDIA GeForce RTX 4080","/home/ann/qwen2.gguf","qwen2 7B Q4_K - Medium","4677120000","7615616512","2048","8","99","512","0","0","2025-04-24T11:57:09Z","70285660","982040","7285.676949","100.064434"
"8cf427ff","AMD Ryzen 7","NVIDIA GeForce RTX 4080","/home/ann/qwen2.gguf","qwen2 7B Q4_K - Medium","4677120000","7615616512","2048","8","99","0","128","0","2025-04-24T11:57:10Z","1067431600","3834831","119.915244","0.430617"
"8cf427ff","AMD Ryzen 7","","/home/ann/qwen2.gguf","qwen2 7B Q4_K - Medium","4677120000","7615616512","2048","8","99","0","128","4096","2025-04-24T11:57:10Z","1","1","99.5","0.4"
"""
# huggingface/open_asr_leaderboard (Apache-2.0): -1 is not known.
OPEN_ASR = """model,Avg. WER,RTFx,Model size (B),License,AMI WER
nvidia/parakeet-tdt-0.6b-v2,6.05,3386.02,0.6,Open,11.16
zoom/scribe_v1,5.47,-1,-1,Proprietary,10.03
"""
# Epoch AI (CC BY 4.0), columns cut: a count with a float's noise, an estimate, a hardware count of pandas.
EPOCH = '''Model,Domain,Organization,Publication date,Link,Notability criteria,Parameters,Training compute (FLOP),Training time (hours),Training hardware,Hardware quantity,Training compute cost (2023 USD),Confidence,Abstract,Training power draw (W)
S4,Language,Stanford University,2021-10-31,https://arxiv.org/abs/2111.00396,"SOTA, ""improvement""",249000000.00000003,6e+20,,,,,,,
Grok-3,Language,xAI,2025-02-17,https://x.ai/blog/grok-3,Training cost,,4.64e+26,2400.0,NVIDIA H100,100000.0,,Confident,"two
lines",154003694.78442368
CODEFUSION,Language,Microsoft,2023-10-26,,SOTA,75000000.0,7.92e+18,11.0,NVIDIA V100,4.0,8.542235671062665,Speculative,,2651.850782728711
'''
# EleutherAI/pythia, evals (Apache-2.0): version 0.3; and how version 0.4 writes the same.
LM_EVAL_3 = json.dumps({"results": {
    "lambada_openai": {"ppl": 142.42891015470678, "ppl_stderr": 6.043810708201551, "acc": 0.18455268775470599, "acc_stderr": 0.00540468283118203},
    "crows_pairs": {"likelihood_difference": 3.95, "pct_stereotype": 0.63}},
    "config": {"model": "hf-causal", "model_args": "pretrained=EleutherAI/pythia-v1.1-70m,revision=main", "num_fewshot": 0}}, indent=2)
LM_EVAL_4 = json.dumps({"results": {
    "arc_easy": {"alias": "arc_easy", "acc,none": 0.37373737373737376, "acc_stderr,none": "N/A", "acc_norm,none": 0.35}},
    "config": {"model": "hf", "model_args": "pretrained=a/b"}}, indent=2)
# ml-energy/leaderboard-v2 (Apache-2.0).
MLENERGY_2 = json.dumps({"Model": "google/gemma-2-27b-it", "GPU": "NVIDIA H100 80GB HBM3", "TP": 2, "PP": 1,
                         "Energy/req (J)": 164.38802330085184, "Avg TPOT (s)": 0.089, "Token tput (tok/s)": 1350.1220773050163,
                         "Avg Output Tokens": 394.1485, "Max BS (reqs)": 128}, indent=2)
MLENERGY_2_IMAGE = json.dumps({"Model": "kandinsky", "GPU": "NVIDIA A100", "Energy/image (J)": 324.06850000005215,
                               "Batch latency (s)": 3.3075351715087890, "Batch size": 2, "Denoising steps": 25}, indent=2)
MLENERGY_3 = json.dumps({"configurations": [{"model_id": "m/x", "gpu_model": "H100", "num_gpus": 8, "max_num_seqs": 64,
                                             "energy_per_request_joules": 12.5, "total_params_billions": 235,
                                             "activated_params_billions": 22.25}]}, indent=2)
MLENERGY_1 = """gpu,task,model,params_billion,throughput,response_length,latency,energy,arc,hellaswag,truthfulqa,accuracy_mean
A100,chat-concise,BAIR/koala-13b,13,25.50,258.85,10.063550845041279,1946.198744123579,52.9,77.5,50.1,60.178801
"""
# sb-ai-lab/Eco2AI (Apache-2.0): "power_consumption" is an energy.
ECO2AI = """id,project_name,experiment_description,epoch,start_time,duration(s),power_consumption(kWh),CO2_emissions(kg),CPU_name,GPU_name,OS,region/country,cost
6abc,Default project name,none,N/A,2026-10-06 01:17:23,0.007401227951049805,0.002,7.844e-05,"CPU, TDP:45",RTX 3080,Windows,CH/Region,0
"""
# ml-energy/zeus (Apache-2.0), with a second device.
ZEUS = """start_time,window_name,elapsed_time,gpu0_energy,gpu1_energy
13585625.187147852,epoch_1,9.216910222545266,2053.679000005126,2000.25
"""
# open-mmlab, metafile.yml of three of its projects (Apache-2.0): anchors and aliases, a percentage here and a fraction there.
MMPRETRAIN = """Collections:
  - Name: ResNet
    Metadata: {Architecture: [ResNet]}
Models:
  - Name: resnet50_8xb32_in1k
    Metadata:
      FLOPs: 4120000000
      Parameters: 25560000
    In Collection: ResNet
    Results:
      - Dataset: ImageNet-1k
        Metrics:
          Top 1 Accuracy: 76.55
          Top 5 Accuracy: 93.06
        Task: Image Classification
    Weights: https://download.openmmlab.com/mmclassification/v0/resnet/resnet50.pth
"""
MMPOSE = """Models:
- Config: configs/rtmpose-t.py
  Metadata:
    Architecture: &id001
    - RTMPose
  Name: rtmpose-t
  Results:
  - Dataset: COCO
    Metrics:
      AP: 0.682
    Task: Body 2D Keypoint
  Weights: https://download.openmmlab.com/mmpose/v1/t.pth
- Metadata:
    Architecture: *id001
  Name: rtmpose-s
  Results:
  - Dataset: COCO
    Metrics:
      AP: 0.716
    Task: Body 2D Keypoint
"""
MMDETECTION = """Models:
  - Name: rtmdet_tiny
    Metadata:
      Training Memory (GB): 7.6
    Results:
      - Task: Object Detection
        Dataset: COCO
        Metrics:
          box AP: 40.9
"""
# Front matter of model cards on the Hugging Face Hub: grams, as a number or a mapping.
CARD = """---
language:
  - nl
model-index:
  - name: Whisper Medium nl
    results:
      - task:
          name: Automatic Speech Recognition
          type: automatic-speech-recognition
        dataset:
          name: common_voice_11_0
          type: mozilla-foundation/common_voice_11_0
        metrics:
          - name: Wer
            type: wer
            value: 7.514
co2_eq_emissions:
  emissions: 2930
  source: https://mlco2.github.io/impact/
  hardware_used: 1 v100 GPU
---
# Whisper
"""
CARD_OF_NUMBER = "---\ntags: autotrain\nco2_eq_emissions: 16.686945384446037\n---\n\n- Accuracy: 0.95\n"
# Boavizta/BoAmps (CC BY 4.0): "powerConsumption" is an energy, of all requests.
BOAMPS = json.dumps({"header": {"reportId": "2f46"}, "task": {
    "taskStage": "inference", "taskFamily": "chatbot", "nbRequest": 4,
    "algorithms": [{"foundationModelName": "llama2-13b", "parametersNumber": 13, "quantization": "q16"}]},
    "measures": [{"measurementMethod": "codecarbon", "powerConsumption": 0.00267074, "measurementDuration": 19.09390426}]}, indent=2)
# mlcommons (Apache-2.0): the unit is beside the number, and the accuracy in a sentence.
MLPERF = json.dumps([
    {"System": "system-2", "Category": "open", "weight_data_types": "int8", "Scenario": "Offline", "Model": "stable-diffusion-xl",
     "Accuracy": "CLIP_SCORE: 31.234263841211796  FID_SCORE: 235.8", "Nodes": 2, "Accelerator": "NVIDIA H100 PCIe", "a#": 4,
     "Performance_Result": 4.2742, "Performance_Units": "Samples/s"},
    {"System": "system-4", "Category": "edge", "weight_data_types": "fp32", "Scenario": "SingleStream", "Model": "3d-unet",
     "Accuracy": "DICE: 0.862", "Nodes": 1, "Accelerator": "", "Processor": "AMD EPYC", "a#": "",
     "Performance_Result": 409.3, "Performance_Units": "Latency (ms)"}], indent=2)


# saintslab/carbontracker (MIT): powers without PUE, a duration as a clock shows it; nothing that was only predicted counts.
CARBONTRACKER = """2025-11-18 15:53:54 - carbontracker version 2.3.4
2025-11-18 15:53:54 - Only predicted and actual consumptions are multiplied by a PUE coefficient of 1.58 (Daniel Bizo, 2023).
2025-11-18 15:54:28 - Epoch 1:
2025-11-18 15:54:28 - Duration: 0:00:33.57
2025-11-18 15:54:28 - Average power usage (W) for gpu: 0.019533333333333337
2025-11-18 15:54:28 - Average power usage (W) for cpu: 6.785066666666666
2025-11-18 15:54:28 - Average carbon intensity during training was 143.30 gCO2eq/kWh.\u0020
2025-11-18 15:54:28 - Monitoring thread ended.
"""
CARBONTRACKER_ACTUAL = """2022-11-18 15:53:54 - carbontracker version 1.1.6
2022-11-18 15:53:54 - Predicted consumption for 100 epoch(s):
\tTime:\t1:00:00
\tEnergy:\t9.500000 kWh
\tCO2eq:\t950.000000 g
2022-11-18 15:54:28 - Epoch 1:
2022-11-18 15:54:28 - Duration: 0:00:30.00
2022-11-18 15:54:28 - Average power usage (W) for gpu: 100.0
2022-11-18 15:54:58 - Epoch 2:
2022-11-18 15:54:58 - Duration: 0:00:33.00
2022-11-18 15:54:58 - Average power usage (W) for gpu: 200.0
2022-11-18 15:54:58 - Actual consumption for 2 epoch(s):
\tTime:\t0:01:03
\tEnergy:\t0.004375 kWh
\tCO2eq:\t0.437500 g
\tThis is equivalent to:
\t0.003 km travelled by car
"""
# mlcommons/tiny_results_v1.2 (Apache-2.0): several windows, and their median.
MLPERF_TINY = """00140.197 ulp-ml:   Energy/Inf.  :      165.715 uJ/inf.
00140.217 ulp-ml:   Energy/Inf.  :      165.728 uJ/inf.
00140.223 ulp-ml: Median energy cost is 165.728 uJ/inf.
00140.224 ulp-ml:   Throughput   :      818.465 inf./sec.
00140.224 ulp-ml: Median throughput is 818.331 inf./sec.
"""
MTEB = json.dumps({"mteb_version": "1.12.0", "task_name": "Banking77Classification", "evaluation_time": 12.2,
                   "scores": {"test": [{"main_score": 0.7654, "accuracy": 0.9, "hf_subset": "default"}]}})
# Megvii-BaseDetection/YOLOX (Apache-2.0): tags in heads, links and bold in cells; "FLOPs (G)" are operations here.
YOLOX = """# YOLOX

|Model |size |mAP<sup>val<br>0.5:0.95 | Speed V100<br>(ms) | Params<br>(M) |FLOPs<br>(G)| weights |
| ------        |:---: | :---:    | :---:       |:---:     |:---:  | :---: |
|[YOLOX-s](./exps/yolox_s.py)    |640  |40.5 |9.8      |9.0 | 26.8 | [github](https://github.com/yolox_s.pth) |
|[YOLOX-m](./exps/yolox_m.py)    |640  |**46.9** |12.3     |25.3 |73.8| [github](https://github.com/yolox_m.pth) |

```
| not | a table |
|-----|---------|
```

|Model |mAP |
|---|---|
|YOLOX-s | 39.6 |
"""


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


class Sources(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def read(self, name, text, *arguments, source=None):
        """The models by name and variant, in the fields' own units, as `import` and then `rank` have them."""
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        catalog = os.path.join(self.folder.name, "catalog.json")
        done = run_here("import", path, "--keep-order", "-o", catalog, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        if source:
            self.assertIn(f"read as {source}:".encode(), done.stderr)
        with open(catalog, encoding="utf-8") as file:
            self.catalog = json.load(file)
        again = run_here("import", catalog, "--keep-order", "--quiet")
        with open(catalog, "rb") as file:
            self.assertEqual(again.stdout, file.read(), "an import of an import is the same")
        models = json.loads(run_here("rank", catalog, "--quiet", "--format", "json").stdout)["models"]
        direct = json.loads(run_here("rank", path, "--quiet", "--format", "json", *arguments).stdout)["models"]
        self.assertEqual([(model["name"], model["flops"], model["energy_j"]) for model in models],
                         [(model["name"], model["flops"], model["energy_j"]) for model in direct])
        return {(model["name"], model["variant"]): model for model in models}

    def refused(self, name, text, *arguments):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        done = run_here("rank", path, *arguments)
        self.assertEqual(done.returncode, 2, done.stdout)
        return done.stderr.decode()

    def close(self, value, right):
        self.assertIsNotNone(value)
        self.assertLessEqual(abs(value - right), 1e-12 * abs(right), (value, right))

    def test_codecarbon(self):
        models = self.read("emissions.csv", CODECARBON, source="codecarbon")
        last = rows(CODECARBON)[-1]
        model = models["resnet18-run", "5f0c"]
        self.assertEqual(len(models), 1)
        self.close(model["training_time_s"], float(last["duration"]))
        self.close(model["training_energy_j"], float(last["energy_consumed"]) * KWH)
        self.close(model["training_co2_g"], float(last["emissions"]) * 1000)
        self.close(model["carbon_intensity_g_per_kwh"], float(last["emissions"]) * 1000 / float(last["energy_consumed"]))
        self.assertEqual((model["hardware"], model["hardware_count"]), ("NVIDIA RTX A6000", 1))
        text = json.dumps(self.catalog)
        self.assertNotIn("59.33", text)
        self.assertNotIn("stockholm", text)
        self.assertIn('"measured"', text)

    def test_codecarbon_of_version_3_and_as_inference(self):
        model = self.read("emissions.csv", CODECARBON_3, source="codecarbon")["codecarbon", "0a578547"]
        self.close(model["training_energy_j"], 0.00057442898176 * KWH)
        self.close(model["training_co2_g"], 0.4490989249167)
        self.assertIn('"estimated"', json.dumps(self.catalog))
        model = self.read("emissions.csv", CODECARBON_3, "--as", "codecarbon-inference")["codecarbon", "0a578547"]
        self.close(model["latency_s"], 161.20380687713623)
        self.close(model["energy_j"], 2067.944334336)
        self.assertIsNone(model["training_energy_j"])

    def test_a_torn_file_is_refused_by_line(self):
        torn = CODECARBON + "2024-03-01T12:06:00,resnet18-run,5f0c,1\n"
        self.assertIn("emissions.csv:4:1: error: the line has 4 cells, and the header 29", self.refused("emissions.csv", torn))

    def test_timm(self):
        models = self.read("results-imagenet-a.csv", TIMM_RESULTS, source="timm-results")
        self.close(models["resmlp_24_224.fb_dino", "224"]["accuracy_percent"], 0.48)
        self.close(models["eva_giant_patch14_560.m30m_ft_in22k_in1k", "560"]["params"], 1014450000)
        self.assertEqual(models["resmlp_24_224.fb_dino", "224"]["dataset"], "imagenet-a")
        models = self.read("benchmark-infer-amp-nchw-pt291-cu130-5090.csv", TIMM_BENCHMARK, source="timm-benchmark")
        for row in rows(TIMM_BENCHMARK):
            model = models[row["model"], row["infer_img_size"]]
            self.close(model["latency_s"], float(row["infer_step_time"]) / float(row["infer_batch_size"]) / 1000)
            self.close(model["throughput_per_s"], float(row["infer_samples_per_sec"]))
            self.assertEqual(model["hardware"], "5090")
            if float(row["infer_gmacs"]) > 0:
                self.close(model["flops"], float(row["infer_gmacs"]) * 2e9)
            else:
                self.assertIsNone(model["flops"])
        model = self.read("benchmark-train-amp-rtx3090.csv", TIMM_TRAINING, source="timm-training")["tinynet_e", "106"]
        self.close(model["params"], 2040000)
        self.assertIsNone(model["training_time_s"])

    def test_timm_joined(self):
        for name, text in (("results.csv", TIMM_RESULTS), ("bench.csv", TIMM_BENCHMARK.replace(",30.02,", ",31.5,"))):
            with open(os.path.join(self.folder.name, name), "w", encoding="utf-8") as file:
                file.write(text)
        paths = [os.path.join(self.folder.name, name) for name in ("results.csv", "bench.csv")]
        done = run_here("import", *paths, "--join", "name~,variant")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"bench.csv:2: error: resmlp_24_224.fb_dino: params: 31.5M here, and 30.02M in line 2 of", done.stderr)
        done = run_here("import", *paths, "--join", "name~,variant", "--drop-conflicts")
        self.assertIn(b"2 of the 2 models before are in it, and 2 of its 3 are before (not nothing_multiplied)", done.stderr)
        models = {model["name"]: model for model in json.loads(done.stdout)["models"]}
        self.assertNotIn("latency", models["resmlp_24_224.fb_dino"])
        self.assertEqual(models["resmlp_24_224.fb_dino"]["params"]["value"], 30.02)
        self.assertEqual(models["eva_giant_patch14_560.m30m_ft_in22k_in1k"]["flops"]["value"], 1906.76)
        self.assertEqual(models["eva_giant_patch14_560.m30m_ft_in22k_in1k"]["flops"]["source"], "bench.csv")
        for prefer, params in (("first", 30.02), ("last", 31.5)):
            done = run_here("import", *paths, "--join", "name~,variant", "--prefer", prefer)
            model = {model["name"]: model for model in json.loads(done.stdout)["models"]}["resmlp_24_224.fb_dino"]
            self.assertEqual(model["params"]["value"], params)
            self.assertIn("params: 30.02M in", model["notes"])
            self.assertEqual(model["flops"]["value"], 5.96)
        self.assertIn(b"0 of 3 models are among those before (names differ as in", run_here("import", *paths, "--join", "name").stderr)

    def test_hyperfine_and_perf(self):
        models = self.read("times.json", HYPERFINE, source="hyperfine")
        self.close(models["gzip-9", None]["latency_s"], 0.8441185596000003)
        self.close(models["gzip-9", None]["memory_bytes"], 2359296)
        self.assertIsNone(models["gzip-1", None]["memory_bytes"])
        self.assertEqual(self.catalog["models"][0]["latency"]["error"], 0.11540463248045446)
        self.assertNotIn("error", self.catalog["models"][1]["latency"])
        model = self.read("gzip.json", PERF, source="perf-stat")["gzip", None]
        self.close(model["energy_j"], 51.58)
        self.close(model["latency_s"], 1.002345678)

    def test_llama_bench_in_both_of_its_formats(self):
        objects = [dict(row) for row in rows(LLAMA_BENCH)]
        lines = "\n".join(json.dumps(row) for row in objects)
        for name, text in (("bench.csv", LLAMA_BENCH), ("bench.json", json.dumps(objects, indent=1)), ("bench.jsonl", lines)):
            models = self.read(name, text, source="llama-bench")
            self.assertEqual(sorted(variant for _, variant in models), ["pp512", "tg128", "tg128 at depth 4096"])
            for (_, variant), model in models.items():
                row = objects[["pp512", "tg128", "tg128 at depth 4096"].index(variant)]
                self.close(model["throughput_per_s"], float(row["avg_ts"]))
                self.close(model["params"], 7615616512)
                self.close(model["size_bytes"], 4677120000)
                self.assertEqual(model["functional_unit"], "token")
                self.assertEqual(model["hardware"], row["gpu_info"] or row["cpu_info"])
            self.assertNotIn("/home/ann", json.dumps(self.catalog))
            self.assertEqual(self.catalog["models"][0]["throughput"]["error"], 100.064434)

    def test_open_asr(self):
        models = self.read("asr.csv", OPEN_ASR, source="open-asr")
        self.close(models["nvidia/parakeet-tdt-0.6b-v2", None]["error_rate_percent"], 6.05)
        self.close(models["nvidia/parakeet-tdt-0.6b-v2", None]["throughput_per_s"], 3386.02)
        self.close(models["nvidia/parakeet-tdt-0.6b-v2", None]["params"], 6e8)
        self.assertIsNone(models["zoom/scribe_v1", None]["throughput_per_s"])
        self.assertIsNone(models["zoom/scribe_v1", None]["params"])

    def test_epoch(self):
        models = {name: model for (name, _), model in self.read("epoch.csv", EPOCH, source="epoch").items()}
        self.assertEqual(models["S4"]["params"], 249000000)
        self.close(models["Grok-3"]["training_flops"], 4.64e26)
        self.close(models["Grok-3"]["training_time_s"], 8640000)
        self.close(models["Grok-3"]["training_power_w"], 154003694.78442368)
        self.assertEqual((models["Grok-3"]["hardware_count"], str(models["Grok-3"]["year"])), (100000, "2025"))
        self.close(models["CODEFUSION"]["training_cost_usd"], 8.542235671062665)
        by_name = {model["name"]: model for model in self.catalog["models"]}
        self.assertEqual(by_name["Grok-3"]["training_flops"]["method"], "reported")
        self.assertEqual(by_name["CODEFUSION"]["training_flops"]["method"], "estimated")
        self.assertEqual(by_name["S4"]["training_flops"]["method"], "estimated")

    def test_lm_eval(self):
        model = self.read("lm.json", LM_EVAL_3, source="lm-eval")["EleutherAI/pythia-v1.1-70m", None]
        self.close(model["accuracy_percent"], 18.455268775470599)
        self.close(model["loss"], 142.42891015470678)
        self.assertEqual((model["dataset"], model["quality_metric"]), ("lambada_openai", "acc"))
        self.assertEqual(len(self.catalog["models"]), 1)
        self.close(self.catalog["models"][0]["accuracy"]["error"], 0.00540468283118203)
        model = self.read("lm.json", LM_EVAL_4, source="lm-eval")["a/b", None]
        self.close(model["accuracy_percent"], 37.373737373737376)
        self.assertNotIn("error", self.catalog["models"][0]["accuracy"])

    def test_ml_energy(self):
        model = self.read("a.json", MLENERGY_2, source="mlenergy-v2")["google/gemma-2-27b-it", "batch 128"]
        self.close(model["energy_j"], 164.38802330085184)
        self.assertEqual((model["hardware_count"], model["functional_unit"]), (2, "response"))
        model = self.read("a.json", MLENERGY_2_IMAGE, source="mlenergy-v2-image")["kandinsky", "batch 2"]
        self.close(model["energy_j"], 324.06850000005215)
        self.close(model["latency_s"], 1.6537675857543945)
        model = self.read("a.json", MLENERGY_3, source="mlenergy-v3")["m/x", "batch 64"]
        self.assertEqual((model["energy_j"], model["params"], model["active_params"], model["hardware_count"]),
                         (12.5, 235e9, 22.25e9, 8))
        model = self.read("v1.csv", MLENERGY_1, source="mlenergy-v1")["BAIR/koala-13b", None]
        self.close(model["energy_j"], 1946.198744123579)
        self.close(model["latency_s"], 10.063550845041279)
        self.close(model["accuracy_percent"], 60.178801)

    def test_eco2ai_and_zeus(self):
        model = self.read("emission.csv", ECO2AI, source="eco2ai")["Default project name", "6abc"]
        self.close(model["training_time_s"], 0.007401227951049805)
        self.close(model["training_energy_j"], 7200)
        self.close(model["training_co2_g"], 0.07844)
        model = self.read("zeus.csv", ZEUS, source="zeus")["epoch_1", "13585625.187147852"]
        self.close(model["training_time_s"], 9.216910222545266)
        self.close(model["training_energy_j"], 2053.679000005126 + 2000.25)
        self.assertEqual(model["hardware_count"], 2)

    def test_openmmlab(self):
        self.assertIn("choose one: --result 'Top 1 Accuracy' or --result 'Top 5 Accuracy'", self.refused("metafile.yml", MMPRETRAIN))
        self.assertIn("did you mean Top 1 Accuracy?", self.refused("metafile.yml", MMPRETRAIN, "--result", "Top 1 accuracy"))
        model = self.read("metafile.yml", MMPRETRAIN, "--result", "Top 1 Accuracy",
                          source="openmmlab-mmpretrain")["resnet50_8xb32_in1k", None]
        self.close(model["accuracy_percent"], 76.55)
        self.close(model["flops"], 2 * 4.12e9)
        self.assertEqual((model["params"], model["quality_metric"]), (25560000, "Top 1 Accuracy"))
        models = self.read("rtmpose.yml", MMPOSE, source="openmmlab-mmpose")
        self.close(models["rtmpose-t", None]["accuracy_percent"], 68.2)
        self.close(models["rtmpose-s", None]["accuracy_percent"], 71.6)
        model = self.read("rtmdet.yaml", MMDETECTION, source="openmmlab-mmdetection")["rtmdet_tiny", None]
        self.close(model["accuracy_percent"], 40.9)
        self.assertIsNone(model["flops"])

    def test_model_cards(self):
        model = self.read("README.md", CARD, source="huggingface-card")["Whisper Medium nl", None]
        self.close(model["error_rate_percent"], 7.514)
        self.close(model["training_co2_g"], 2930)
        model = self.read("autotrain.md", CARD_OF_NUMBER, source="huggingface-card")["autotrain", None]
        self.close(model["training_co2_g"], 16.686945384446037)
        fraction = CARD.replace("wer", "accuracy").replace("7.514", "0.92")
        self.assertIn("0.92 may be a fraction or a percentage", self.refused("README.md", fraction))
        model = self.read("README.md", fraction, "--map", "model-index.results.metrics.value=accuracy:fraction")
        self.close(model["Whisper Medium nl", None]["accuracy_percent"], 92)

    def test_boamps_and_mlperf(self):
        model = self.read("report.json", BOAMPS, source="boamps")["llama2-13b", "q16"]
        self.close(model["energy_j"], 0.00267074 * KWH / 4)
        self.close(model["latency_s"], 19.09390426 / 4)
        self.close(model["params"], 13e9)
        models = self.read("summary.json", MLPERF, source="mlperf-inference")
        model = models["stable-diffusion-xl", "system-2 open int8 Offline"]
        self.close(model["throughput_per_s"], 4.2742)
        self.close(model["score"], 31.234263841211796)
        self.assertEqual((model["hardware"], model["hardware_count"]), ("NVIDIA H100 PCIe", 8))
        model = models["3d-unet", "system-4 edge fp32 SingleStream"]
        self.close(model["latency_s"], 0.4093)
        self.close(model["accuracy_percent"], 86.2)
        self.assertEqual((model["hardware"], model["hardware_count"]), ("AMD EPYC", None))

    def test_carbontracker(self):
        model = self.read("train.log", CARBONTRACKER, source="carbontracker")["train", None]
        self.assertEqual((model["training_time_s"], model["carbon_intensity_g_per_kwh"], model["pue"]), (33.57, 143.3, 1.58))
        self.assertAlmostEqual(model["training_power_w"], 0.019533333333333337 + 6.785066666666666, delta=1e-12)
        # What follows, with the PUE: their own parser leaves it out.
        self.assertAlmostEqual(model["training_energy_j"], 1.58 * (0.019533333333333337 + 6.785066666666666) * 33.57, delta=1e-9)

    def test_carbontracker_with_several_epochs_has_what_was_measured_of_all(self):
        model = self.read("train.log", CARBONTRACKER_ACTUAL, source="carbontracker")["train", None]
        self.assertEqual((model["training_time_s"], model["training_co2_g"]), (63, 0.4375))
        self.assertAlmostEqual(model["training_energy_j"], 0.004375 * 3.6e6, delta=1e-9)
        self.assertIsNone(model["training_power_w"], "the power of one epoch is not that of all")

    def test_mlperf_tiny_and_mteb(self):
        model = self.read("ad.txt", MLPERF_TINY, source="mlperf-tiny")["ad", None]
        self.assertAlmostEqual(model["energy_j"], 0.000165728, delta=1e-15)
        self.assertEqual((model["throughput_per_s"], model["functional_unit"]), (818.331, "inference"))
        for folder in ("e5-base", "e5-large/" + 40 * "a"):
            os.makedirs(os.path.join(self.folder.name, folder))
            models = self.read(folder + "/Banking77.json", MTEB, source="mteb")
            model = models[folder.split("/")[0], "default"]
            self.assertAlmostEqual(model["accuracy_percent"], 76.54, delta=1e-12)
            self.assertEqual((model["dataset"], model["quality_metric"]), ("Banking77Classification", "main_score"))

    def test_a_table_in_markdown(self):
        self.assertIn("there are 2 tables in it, which is meant?", self.refused("README.md", YOLOX, "--as", "table"))
        self.assertIn("there are 2 tables in it, not 3", self.refused("README.md", YOLOX, "--as", "table", "--table", "3"))
        asked = self.refused("README.md", YOLOX, "--as", "table", "--table", "1")
        self.assertIn("--as table --table 1 --map 'Model=name'", asked)
        self.assertIn("FLOPs (G): which quantity in which unit is not stated; its values are 26.8 to 73.8", asked)
        explained = ["--map", "Model=name", "--map", "size=drop", "--map", "FLOPs (G)=flops:GFLOP", "--map", "weights=drop",
                     "--map", "mAP val 0.5:0.95=accuracy:%", "--map", "Speed V100 (ms)=latency:ms"]
        models = self.read("README.md", YOLOX, "--as", "table", "--table", "1", *explained)
        self.assertEqual({name: (model["accuracy_percent"], model["params"], model["flops"]) for (name, _), model in models.items()},
                         {"YOLOX-s": (40.5, 9e6, 26.8e9), "YOLOX-m": (46.9, 25.3e6, 73.8e9)})
        self.assertAlmostEqual(models["YOLOX-s", None]["latency_s"], 0.0098, delta=1e-15)
        self.assertIn("README.md:5:1", self.refused("README.md", "\n\n|a|b|\n|-|-|\n|x|1|2|\n", "--as", "table"))
        self.assertIn("is HTML", self.refused("README.md", "<table><tr><td>1</td></tr></table>", "--as", "table"))
        self.assertIn("--as table reads", self.refused("README.md", "# none\n"))

    def test_a_mapping_of_ones_own(self):
        mapping = os.path.join(self.folder.name, "mine.json")
        with open(mapping, "w", encoding="utf-8") as file:
            json.dump({"name": "mine", "format": "table", "columns": {"who": "name", "e": "energy:Wh"},
                       "computed": [{"sum": ["a", "b"], "to": "latency:ms"}], "missing": ["?"], "defaults": {"task": "t"}}, file)
        models = self.read("mine.csv", "who,e,a,b,energy\nx,0.5,1,2,9\ny,?,1,?,9\n", "--mapping", mapping, source="mine")
        self.close(models["x", None]["energy_j"], 1800)
        self.close(models["x", None]["latency_s"], 0.003)
        self.assertEqual((list(models), models["x", None]["task"]), ([("x", None)], "t"), "y has no figure")
        for wrong, message in (('{"name": "x"}', "the mapping has no columns"), ("{", "the mapping is not JSON"),
                               ('{"name": "x", "format": "table", "colunms": {}}', 'unknown key "colunms"; did you mean columns?'),
                               ('{"name": "x", "format": "table", "columns": {"a": "energy"}}', '"a" is in which unit?'),
                               ('{"name": "x", "format": "table", "columns": {"a": {"to": "name", "match": "("}}}', "is not a regular"),
                               ('{"name": "x", "format": "xml", "columns": {"a": "name"}}', '"format": "xml" is none')):
            with open(mapping, "w", encoding="utf-8") as file:
                file.write(wrong)
            self.assertIn(message, self.refused("mine.csv", "who\nx\n", "--mapping", mapping))

    def test_a_star_is_all_columns_of_a_record_that_match(self):
        mapping = os.path.join(self.folder.name, "mine.json")
        with open(mapping, "w", encoding="utf-8") as file:
            json.dump({"name": "mine", "format": "yaml", "records": ["runs[]"], "columns": {"runs.who": "name"},
                       "computed": [{"sum": ["runs.gpus.*"], "to": "energy:Wh"}, {"count": ["runs.gpus.*"], "to": "hardware_count"}]}, file)
        model = self.read("runs.yml", "runs:\n- who: x\n  gpus: {a: 0.5, b: 0.25}\n", "--mapping", mapping, source="mine")["x", None]
        self.close(model["energy_j"], 2700)
        self.assertEqual(model["hardware_count"], 2)

    def test_a_column_within_a_typing_error_of_a_key_can_be_kept(self):
        self.assertIn("--map 'flosp=label:flosp' keeps it as it is", self.refused("a.csv", "name,flosp\na,1\n"))
        self.assertEqual(self.read("a.csv", "name,flosp,loss\na,1,2\n", "--map", "flosp=label:flosp")["a", None]["loss"], 2)

    def test_columns_that_the_user_computes(self):
        table = "model,cpu,gpu,step,batch\nx,1,2.5,80,16\ny,1,,80,0\n"
        models = self.read("t.csv", table, "--map", "model=name", "--map", "cpu+gpu=energy:Wh", "--map", "step/batch=latency:ms")
        self.close(models["x", None]["energy_j"], 3.5 * 3600)
        self.close(models["x", None]["latency_s"], 0.005)
        self.assertIsNone(models["y", None]["energy_j"])
        self.assertIsNone(models["y", None]["latency_s"])

    def test_what_is_not_a_catalog_is_said(self):
        self.assertIn("export the table of runs", self.refused("w.csv", "Step,a - loss,a - loss__MIN,a - loss__MAX\n1,2,3,4\n"))
        self.assertIn("neither a catalog nor a table", self.refused("x.log", "2025-11-18 15:53:54 - something was started\n"))
        self.assertIn("neither a catalog nor a table", self.refused("x.yml", "a: 1\nb: [1, 2]\n"))
        self.assertIn('--as: there is no source "codecarbn"; did you mean codecarbon?'.replace(";", ""),
                      self.refused("e.csv", CODECARBON, "--as", "codecarbn").replace(" (", " ").replace(")", ""))

    def test_hostile_documents_end_soon(self):
        bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"{chr(98 + i)}: &{chr(98 + i)} [" + ", ".join(["*" + chr(97 + i)] * 9) + "]\n" for i in range(12))
        self.assertIn("too many values", self.refused("bomb.yml", bomb + MMPOSE, "--as", "openmmlab-mmpose"))
        self.assertIn("too deep", self.refused("deep.yml", "[" * 400 + "]" * 400 + "\n", "--as", "openmmlab-mmpose")
                      .replace("this is not YAML", "too deep"))
        self.assertIn("too deep", self.refused("deep.json", "[" * 100 + "]" * 100, "--as", "lm-eval"))
        self.assertIn("a key is there twice", self.refused("twice.yml", MMDETECTION + "Models: 3\n", "--as", "openmmlab-mmdetection"))


if __name__ == "__main__":
    unittest.main()
