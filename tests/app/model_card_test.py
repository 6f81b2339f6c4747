"""Model cards of `greenml explain --format model-card`, read back as YAML and by greenml itself."""

import json
import os
import tempfile
import unittest

import yaml

from process import run_here

HOSTILE = ["true", "null", "~", "1e3", "- x", "a: b", "#x", "'", '"', "\\n", "{}", "[x]", "*x", "&x", "!x", "%x", "@x", "`", "| x", "> x", "---", "<<", "é"]


class ModelCards(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def explain(self, name, *options, **model):
        with open(os.path.join(self.folder, "models.json"), "w", encoding="utf-8") as file:
            json.dump([{"name": name, **model}], file)
        return run_here("explain", "models.json", name, "--format", "model-card", *options, cwd=self.folder)

    def card(self, name, *options, **model):
        done = self.explain(name, *options, **model)
        self.assertEqual(done.returncode, 0, done.stderr)
        text = done.stdout.decode()
        self.assertTrue(text.startswith("---\n") and text.endswith("\n---\n"), text)
        first, rest = yaml.safe_load_all(text)
        self.assertIsNone(rest)
        return first, done.stderr.decode()

    def test_a_card_has_all_that_the_catalog_knows_and_grams(self):
        card, notes = self.card("net", variant="int8", accuracy=76.13, task="image-classification", dataset="ImageNet-1k", quality_metric="top-1",
                                training_co2={"value": 1.5, "unit": "kg", "method": "measured", "source": "a paper"}, training_type="pre-training", grid="FRA",
                                hardware="NVIDIA V100", hardware_count=8)
        self.assertEqual(card, {
            "model-index": [{"name": "net (int8)", "results": [{
                "task": {"type": "image-classification"},
                "dataset": {"type": "ImageNet-1k", "name": "ImageNet-1k"},
                "metrics": [{"type": "accuracy", "value": 76.13, "name": "top-1"}]}]}],
            "co2_eq_emissions": {"emissions": 1500, "source": "a paper", "training_type": "pre-training", "geographical_location": "France", "hardware_used": "8 x NVIDIA V100"}})
        self.assertIn('dataset: type is "ImageNet-1k"', notes)

    def test_masses_of_every_unit_are_grams(self):
        for written, grams in [("26 lb", 11793.40162), ("2 t", 2e6), ("500 mg", 0.5), (3, 3), ("1e30 g", 1e30), ("1e-7 g", 1e-7)]:
            card, _ = self.card("net", training_co2=written)
            emissions = card["co2_eq_emissions"]["emissions"]
            self.assertIsInstance(emissions, (int, float), written)
            self.assertAlmostEqual(emissions / grams, 1, delta=1e-12)

    def test_what_is_computed_says_how(self):
        card, _ = self.card("net", training_energy="10 kWh", carbon_intensity="56 g/kWh", source="a paper")
        self.assertEqual(card, {"co2_eq_emissions": {"emissions": 560, "source": "computed by greenml: training_energy x carbon_intensity"}})
        card, _ = self.card("net", training_time="10 h", hardware="NVIDIA V100", hardware_count=1, pue=1, carbon_intensity="100 g/kWh")
        self.assertEqual(card["co2_eq_emissions"]["source"], "computed by greenml: training_energy x carbon_intensity; estimated")

    def test_what_would_have_been_elsewhere_is_for_no_card(self):
        for option in (("--grid", "SWE"), ("--carbon-intensity", "56g/kWh"), ("--pue", "1.1")):
            done = self.explain("net", *option, training_energy="10 kWh", pue=1.5, carbon_intensity="56 g/kWh")
            self.assertEqual((done.returncode, done.stdout), (2, b""))
            self.assertIn(b"a model card says what was", done.stderr)

    def test_what_the_catalog_does_not_say_is_left_out_aloud(self):
        card, notes = self.card("net", accuracy=76.13, training_co2="1 kg", dataset="d")
        self.assertEqual(card, {"co2_eq_emissions": {"emissions": 1000}})
        self.assertIn("no model-index: the catalog does not state task\n", notes)
        card, notes = self.card("net", error_rate=5.5, task="t", dataset="d", quality_metric="WER")
        self.assertEqual(card["model-index"][0]["results"][0]["metrics"], [{"type": "wer", "value": 5.5, "name": "WER"}])
        self.assertNotIn("co2_eq_emissions", card)
        self.assertIn("no co2_eq_emissions: the catalog does not state training_co2", notes)
        done = self.explain("net", flops="1 GFLOP")
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertIn(b'nothing of "net" is for a model card', done.stderr)

    def test_hardware_of_an_inference_is_not_said_to_be_that_of_the_training(self):
        card, notes = self.card("net", training_co2="1 kg", hardware="a phone", latency="5 ms")
        self.assertEqual(card, {"co2_eq_emissions": {"emissions": 1000}})
        self.assertIn("no hardware_used", notes)

    def test_texts_stay_texts(self):
        for text in HOSTILE:
            card, _ = self.card(text, accuracy=50, task=text, dataset=text, quality_metric=text, training_co2=1, source=text, training_type=text)
            self.assertEqual(card["model-index"][0]["name"], text)
            result = card["model-index"][0]["results"][0]
            self.assertEqual((result["task"]["type"], result["dataset"]["name"], result["metrics"][0]["name"]), (text, text, text))
            self.assertEqual((card["co2_eq_emissions"]["source"], card["co2_eq_emissions"]["training_type"]), (text, text))
        card, _ = self.card("a\n---\nb\u202e", training_co2=1, source="\x1b[31m", accuracy=1.5, task="t", dataset="d")
        self.assertEqual((card["model-index"][0]["name"], card["co2_eq_emissions"]["source"]), ("a\\n---\\nb\\u{202e}", "\\x1b[31m"))

    def test_greenml_reads_its_own_cards(self):
        done = self.explain("net", "-o", "README.md", accuracy=76.13, task="t", dataset="d", training_co2="1.5 kg", hardware="NVIDIA V100")
        self.assertEqual(done.returncode, 0, done.stderr)
        done = run_here("rank", "README.md", "--by", "training_co2", "--format", "json", "--quiet", cwd=self.folder)
        (model,) = json.loads(done.stdout)["models"]
        self.assertEqual((model["name"], model["accuracy_percent"], model["training_co2_g"], model["hardware"]), ("net", 76.13, 1500, "NVIDIA V100"))

    def test_other_commands_and_a_single_metric_have_no_card(self):
        with open(os.path.join(self.folder, "models.json"), "w", encoding="utf-8") as file:
            json.dump([{"name": "net", "accuracy": 50, "flops": "1 GFLOP"}], file)
        done = run_here("rank", "models.json", "--format", "model-card", cwd=self.folder)
        self.assertEqual((done.returncode, done.stderr), (2, b"greenml: model-card is a format of greenml explain\n"))
        done = run_here("explain", "models.json", "net", "accuracy", "--format", "model-card", cwd=self.folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"a model card is of all that is known", done.stderr)


if __name__ == "__main__":
    unittest.main()
