#include "analysis/audit_quotients.hpp"

#include <algorithm>
#include <array>

#include "greenml/footprint.hpp"

namespace greenml::audit_detail {

namespace {

/// Of two figures greater than 0; what a double cannot hold is the greatest or least that it can.
Figure quotient(const Figure& left, const Figure& right) {
  if (!left || !right || !(*left > 0) || !(*right > 0)) return std::nullopt;
  using Limits = std::numeric_limits<double>;
  return std::clamp(*left / *right, Limits::min(), Limits::max());
}
Figure product(const Figure& left, const Figure& right) {
  return left && right ? Figure(*left * *right) : std::nullopt;
}

bool is_image_classifier(const Case& one) {
  std::string task(one.model.label("task"));
  std::transform(task.begin(), task.end(), task.begin(), [](char c) { return c == ' ' || c == '_' ? '-' : c; });
  return task == "image-classification" || task == "Image-Classification";
}

// 0.125 is a bit for each parameter, 16 a 32-bit number with both moments of Adam. A small model's file is mostly other
// than parameters.
Figure bytes_per_param(const Case& one) {
  if (one.is_counted("params") && one.is_counted("size")) return std::nullopt;
  const Figure params = one.value("params");
  return params && *params >= 1e5 ? quotient(one.value("size"), params) : std::nullopt;
}
constexpr auto size_causes = std::to_array<Cause>({
    {1000, "the size is one unit prefix too high (MB for kB, GB for MB), or params one too low (k for M)"},
    {1.0 / 1000, "the size is one unit prefix too low (kB for MB), or params one too high (M for k)"},
    {8, "bits taken for bytes"},
    {1.0 / 8, "bytes taken for bits"},
    {10, "a digit too many in the size, or one lost in params"},
    {0.1, "a digit lost in the size, or one too many in params"},
    {1e6, "the size is two unit prefixes too high, or params are millions taken for ones"},
    {1e-6, "megabytes taken for bytes, or params two unit prefixes too high"},
});

Figure flops_per_param(const Case& one) { return quotient(one.value("flops"), one.value("params")); }
constexpr auto flops_causes = std::to_array<Cause>({
    {1000, "flops are one unit prefix too high (G for M), or params one too low"},
    {1.0 / 1000, "flops are one unit prefix too low (M for G), or params one too high"},
    {1e6, "flops are two unit prefixes too high, or params are millions taken for ones"},
    {1e-6, "flops are two unit prefixes too low, or params two too high"},
    {1e9, "params are billions taken for ones"},
    {1e-9, "flops are billions taken for ones"},
});

/// Nameplate of all devices, with the PUE for energy at the meter.
Bounds power_bounds(const Case& one, const Bounds& shares, const Bounds& of_unknown) {
  const double count = one.count.value_or(1);
  if (!one.hardware)
    return {of_unknown.wrong_below, of_unknown.suspicious_below, of_unknown.suspicious_above * count,
            of_unknown.wrong_above * count};
  const double pue = std::max(1.0, one.value("pue").value_or(1.2));
  const double least = one.hardware->least_watts * count;
  const double most = one.hardware->most_watts * count * pue;
  return {shares.wrong_below * least, shares.suspicious_below * least, shares.suspicious_above * most,
          shares.wrong_above * most};
}

Figure inference_power(const Case& one) { return quotient(one.value("energy"), one.value("latency")); }
Bounds inference_power_bounds(const Case& one) {
  // A batch shares the latency, so that one inference may take a small part of the power. Without a count there may be
  // a machine of 16 devices.
  const double devices = one.count ? 1 : 16;
  return power_bounds(one, {1e-5, 0.02, 2, 4 * devices}, {1e-7, 1e-4, 3e3, 1e6});
}
Figure training_power(const Case& one) { return quotient(one.value("training_energy"), one.value("training_time")); }
Bounds training_power_bounds(const Case& one) {
  if (one.count) return power_bounds(one, {0.002, 0.15, 2, 4}, {1e-3, 0.5, 3e3, 2e4});
  return power_bounds(one, {0.002, 0.15, 1e5, 1e6}, {1e-3, 0.5, 2e8, 2e9});  // the largest sites draw some 1e9 W
}
Figure stated_power(const Case& one) { return one.value("training_power"); }
Bounds stated_power_bounds(const Case& one) {
  if (one.count) return power_bounds(one, {0.002, 0.1, 2.6, 6}, {1e-3, 0.5, 3e3, 2e4});
  return power_bounds(one, {0.002, 0.1, 1e5, 1e6}, {1e-3, 0.5, 2e8, 2e9});
}
constexpr auto power_causes = std::to_array<Cause>({
    {3.6e6, "kWh taken for joules twice"},
    {1.0 / 3.6e6, "kilowatt-hours taken for joules"},
    {3600, "watt-hours multiplied twice, or hours taken for seconds"},
    {1.0 / 3600, "watt-hours taken for joules"},
    {1000, "the energy is one unit prefix too high (kWh for Wh), or the time one too low (ms for s)"},
    {1.0 / 1000, "the energy is one unit prefix too low (Wh for kWh), or the time one too high"},
    {60, "hours taken for minutes, or minutes for seconds, in the time"},
    {1.0 / 60, "minutes taken for hours, or seconds for minutes, in the time"},
    {10, "a digit too many in the energy, or one lost in the time"},
    {0.1, "a digit lost in the energy, or one too many in the time"},
});

constexpr auto watt_causes = std::to_array<Cause>({
    {1000, "kilowatts multiplied twice"},
    {1.0 / 1000, "kilowatts taken for watts"},
    {1e6, "megawatts multiplied twice"},
    {1e-6, "megawatts taken for watts"},
    {10, "a digit too many"},
    {0.1, "a digit lost"},
});

Figure flop_rate(const Case& one) { return quotient(one.value("flops"), one.value("latency")); }
Bounds flop_rate_bounds(const Case& one) {
  const double count = one.count.value_or(1);
  if (!one.hardware || one.hardware->peak == 0) return {1e-3, 1e3, 1e16 * count, 1e18 * count};
  const double peak = one.hardware->peak * count;
  return {0, 1e-7 * peak, peak, peak * (one.count ? 4 : 64)};  // 8-bit and sparse arithmetic has up to four times it
}
Figure training_flop_rate(const Case& one) { return quotient(one.value("training_flops"), one.value("training_time")); }
Bounds training_flop_rate_bounds(const Case& one) {
  if (!one.count) return {1e-3, 1e6, 1e21, 1e24};
  if (!one.hardware || one.hardware->peak == 0) return {1e-3, 1e6, 1e16 * *one.count, 1e18 * *one.count};
  const double peak = one.hardware->peak * *one.count;
  return {1e-7 * peak, 0.02 * peak, peak, 4 * peak};
}
constexpr auto rate_causes = std::to_array<Cause>({
    {1000, "operations one unit prefix too high, or the time one too low (ms for s)"},
    {1.0 / 1000, "operations one unit prefix too low (M for G), or the time one too high (s for ms)"},
    {60, "hours taken for minutes, or minutes for seconds"},
    {1.0 / 60, "minutes taken for hours, or seconds for minutes"},
    {3600, "hours taken for seconds"},
    {1.0 / 3600, "seconds taken for hours"},
    {10, "a digit too many in the operations, or one lost in the time"},
    {0.1, "a digit lost in the operations, or one too many in the time"},
    {1e6, "operations two unit prefixes too high, or the time two too low"},
    {1e-6, "operations two unit prefixes too low, or the time two too high"},
});

// In picojoules. The best machines of 2025 need about 0.1 with 4-bit numbers; a small network on a large device wastes
// nearly all of its energy.
Figure energy_per_flop(const Case& one) {
  const Figure joules = quotient(one.value("energy"), one.value("flops"));
  return joules ? Figure(*joules * 1e12) : std::nullopt;
}
Bounds energy_per_flop_bounds(const Case&) { return {1e-4, 0.05, 1e7, 1e11}; }
Figure training_energy_per_flop(const Case& one) {
  const Figure joules = quotient(one.value("training_energy"), one.value("training_flops"));
  return joules ? Figure(*joules * 1e12) : std::nullopt;
}
Bounds training_energy_per_flop_bounds(const Case&) { return {1e-3, 0.1, 1e4, 1e9}; }
constexpr auto energy_causes = std::to_array<Cause>({
    {1000, "the energy is one unit prefix too high (kWh for Wh), or operations one too low"},
    {1.0 / 1000, "the energy is one unit prefix too low (Wh for kWh), or operations one too high"},
    {3600, "watt-hours multiplied twice"},
    {1.0 / 3600, "watt-hours taken for joules"},
    {3.6e6, "kWh taken for joules twice"},
    {1.0 / 3.6e6, "kilowatt-hours taken for joules"},
});

// Life-cycle emissions of wind power are 7 to 16 g/kWh, hydropower begins at 1, lignite ends near 1,100; a tenth is
// lost in old grids.
Bounds carbon_bounds(const Case&) { return {1, 7, 1300, 3000}; }
Figure per_kwh(const Figure& grams, const Figure& joules) {
  const Figure ratio = quotient(grams, joules);
  return ratio ? Figure(*ratio * joules_per_kwh) : std::nullopt;
}
Figure carbon_of_energy(const Case& one) { return per_kwh(one.value("co2"), one.value("energy")); }
/// Where the energy is not stated, power x time is, without PUE.
Figure training_carbon_of_energy(const Case& one) {
  Figure energy = one.value("training_energy");
  if (!energy) energy = product(one.value("training_power"), one.value("training_time"));
  return per_kwh(one.value("training_co2"), energy);
}
Figure grid(const Case& one) { return one.value("carbon_intensity"); }
constexpr auto carbon_causes = std::to_array<Cause>({
    {1.0 / 1000, "kilograms taken for grams, or Wh for kWh"},
    {1000, "grams taken for kilograms, or kWh for Wh"},
    {1e-6, "tonnes taken for grams"},
    {1e6, "grams taken for tonnes"},
    {1.0 / 3.6e6, "joules taken for kilowatt-hours"},
    {3.6e6, "kilowatt-hours taken for joules"},
    {0.1, "a digit lost in the CO2e, or one too many in the energy"},
    {10, "a digit too many in the CO2e, or one lost in the energy"},
    {1.0 / 453.59237, "pounds taken for grams"},
});

Figure pue(const Case& one) { return one.value("pue"); }
Bounds pue_bounds(const Case&) { return {1, 1, 3, 10}; }
constexpr auto pue_causes = std::to_array<Cause>({{100, "a percentage taken for a ratio"}, {10, "a digit too many"}});

Figure cost_per_kwh(const Case& one) {
  const Figure ratio = quotient(one.value("training_cost"), one.value("training_energy"));
  return ratio ? Figure(*ratio * joules_per_kwh) : std::nullopt;
}
Bounds cost_per_kwh_bounds(const Case&) { return {0.001, 0.03, 100, 1e5}; }
Figure cost_per_hour(const Case& one) {
  const Figure hours = product(one.value("training_time"), one.count);
  const Figure ratio = quotient(one.value("training_cost"), hours);
  return ratio ? Figure(*ratio * 3600) : std::nullopt;
}
Bounds cost_per_hour_bounds(const Case&) { return {1e-4, 0.05, 40, 1e4}; }
constexpr auto cost_causes = std::to_array<Cause>({
    {1000, "thousands multiplied twice, or the energy or time one unit prefix too low"},
    {1.0 / 1000, "thousands of dollars taken for dollars, or the energy or time one unit prefix too high"},
    {100, "cents taken for dollars"},
    {0.01, "dollars taken for cents"},
    {10, "a digit too many in the cost, or one lost in the energy or time"},
    {0.1, "a digit lost in the cost, or one too many in the energy or time"},
});

Figure params(const Case& one) { return one.value("params"); }
constexpr auto params_causes = std::to_array<Cause>(
    {{1e6, "millions multiplied twice"}, {1000, "one unit prefix too high"}, {1e9, "billions multiplied twice"}});

Figure training_flops_per_param(const Case& one) { return quotient(one.value("training_flops"), one.value("params")); }
Bounds training_flops_per_param_bounds(const Case&) { return {6, 1e4, 1e16, 1e22}; }

/// How often a model that guesses is right, in percent: 100 / classes, times k for top-k.
Figure chance_of(const Model& model) {
  struct Classes {
    std::string_view dataset;
    double count;
  };
  constexpr auto known = std::to_array<Classes>(
      {{"ImageNet-1k", 1000}, {"ImageNet-1K", 1000}, {"CIFAR-10", 10}, {"CIFAR-100", 100}, {"MNIST", 10}});
  double classes = parse_hardware_count(model.label("classes")).value_or(0);  // any whole number from 1
  for (const Classes& row : known)
    if (classes == 0 && model.label("dataset") == row.dataset) classes = row.count;
  return classes >= 2 ? Figure(100 / classes) : std::nullopt;
}
Figure accuracy(const Case& one) { return chance_of(one.model) ? one.value("accuracy") : std::nullopt; }
Bounds accuracy_bounds(const Case& one) { return {0, chance_of(one.model).value_or(0), unlimited, unlimited}; }

Figure in_flight(const Case& one) { return product(one.value("throughput"), one.value("latency")); }

/// One row is one rule.
const auto rules_of_quotients = std::to_array<PhysicalRule>({
    {{"bytes_per_param", "size / params", "usual 0.1 to 17, possible 0.02 to 200 B (from 100,000 parameters)",
      "a parameter takes a bit to 8 bytes, 16 with the state of an optimiser",
      "IEEE 754; Rastegari et al. 2016 (1 bit)", "the units of size and params"},
     {0, std::nullopt, "B/parameter"},
     bytes_per_param,
     [](const Case&) {
       return Bounds{0.02, 0.1, 17, 200};
     },
     size_causes},
    {{"flops_per_param", "flops / params",
      "usual 0.2 to 1e5, possible 1e-6 to 1e9; image classifiers usual 8 to 2e4, possible 0.2 to 1e8",
      "a parameter of a dense layer is used once for a token, in a convolution once for a position",
      "1,682 image classifiers in data/: 23 to 4,467",
      "the units of flops and params, and whether FLOPs are of one inference"},
     {0, std::nullopt, "FLOP/parameter"},
     flops_per_param,
     [](const Case& one) {
       return is_image_classifier(one) ? Bounds{0.2, 8, 2e4, 1e8} : Bounds{1e-6, 0.2, 1e5, 1e9};
     },
     flops_causes},
    {{"inference_power", "energy / latency, nameplate x hardware_count",
      "usual 0.02 to 2, possible 1e-5 to 4 (64 without a count) times the nameplate with PUE; without a nameplate "
      "usual 0.1 mW to 3 kW",
      "a device cannot draw more than its power supply gives", "nameplates of greenml list hardware",
      "the units of energy and latency, and the batch that each is of"},
     {0, Dimension::power, ""},
     inference_power,
     inference_power_bounds,
     power_causes},
    {{"training_power", "training_energy / training_time, nameplate x hardware_count",
      "usual 0.15 to 2, possible 0.002 to 4 times the nameplate with PUE; without a nameplate usual 0.5 W to 3 kW a "
      "device",
      "a device cannot draw more than its power supply gives, and idles at a tenth of it",
      "nameplates of greenml list hardware",
      "the units of energy and time, whether the time is wall-clock or device hours, and hardware_count"},
     {0, Dimension::power, ""},
     training_power,
     training_power_bounds,
     power_causes,
     "device hours taken for wall-clock time"},
    {{"stated_power", "training_power, nameplate x hardware_count",
      "usual 0.1 to 2.6, possible 0.002 to 6 times the nameplate with PUE; without a nameplate usual 0.5 W to 3 kW a "
      "device",
      "a device cannot draw more than its power supply gives", "nameplates of greenml list hardware",
      "whether the power is of one device or of the job, and hardware_count"},
     {0, Dimension::power, ""},
     stated_power,
     stated_power_bounds,
     watt_causes,
     "the power of one device instead of all"},
    {{"flop_rate", "flops / latency, peak x hardware_count",
      "usual 1e-7 to 1, possible up to 4 (64 without a count) times the dense 16-bit peak; without a peak usual 1e3 to "
      "1e16 FLOP/s",
      "no device computes faster than its peak", "peaks of data/reference/hardware.json",
      "the units of flops and latency, and the batch that each is of"},
     {0, Dimension::compute, "/s"},
     flop_rate,
     flop_rate_bounds,
     rate_causes},
    {{"training_flop_rate", "training_flops / training_time, peak x hardware_count",
      "usual 0.02 to 1, possible 1e-7 to 4 times the dense 16-bit peak; without a peak usual 1e6 to 1e16 FLOP/s a "
      "device",
      "no device computes faster than its peak", "peaks of data/reference/hardware.json",
      "the units of training_flops and training_time, and hardware_count"},
     {0, Dimension::compute, "/s"},
     training_flop_rate,
     training_flop_rate_bounds,
     rate_causes,
     "device hours taken for wall-clock time"},
    {{"energy_per_flop", "energy / flops", "usual 0.05 to 1e7, possible 1e-4 to 1e11 pJ",
      "the best machines need about 0.1 pJ for an operation",
      "Horowitz 2014, Computing's energy problem; makers' data sheets", "the units of energy and flops"},
     {0, std::nullopt, "pJ/FLOP"},
     energy_per_flop,
     energy_per_flop_bounds,
     energy_causes},
    {{"training_energy_per_flop", "training_energy / training_flops", "usual 0.1 to 1e4, possible 1e-3 to 1e9 pJ",
      "the best machines need about 0.1 pJ for an operation", "Patterson et al. 2021: 8 to 45 pJ",
      "the units of training_energy and training_flops"},
     {0, std::nullopt, "pJ/FLOP"},
     training_energy_per_flop,
     training_energy_per_flop_bounds,
     energy_causes},
    {{"carbon", "co2 / energy", "usual 7 to 1,300, possible 1 to 3,000 g/kWh",
      "grids are between wind and lignite with losses",
      "IPCC 2014, AR5 WG3 annex III: 1 (hydropower) to 1,000 g/kWh (coal)",
      "whether CO2e is in grams and energy in joules, and whether certificates are subtracted"},
     {0, Dimension::carbon_intensity, ""},
     carbon_of_energy,
     carbon_bounds,
     carbon_causes},
    {{"training_carbon", "training_co2 / training_energy, or / (training_power x training_time)",
      "usual 7 to 1,300, possible 1 to 3,000 g/kWh", "grids are between wind and lignite with losses",
      "IPCC 2014, AR5 WG3 annex III: 1 (hydropower) to 1,000 g/kWh (coal)",
      "whether CO2e is in grams and energy in joules, and whether certificates are subtracted"},
     {0, Dimension::carbon_intensity, ""},
     training_carbon_of_energy,
     carbon_bounds,
     carbon_causes},
    {{"carbon_intensity", "carbon_intensity", "usual 1 to 1,300, possible 0.1 to 3,000 g/kWh",
      "grids are between hydropower and lignite with losses",
      "IPCC 2014, AR5 WG3 annex III; greenml list grids: 2 to 919", "the unit of carbon_intensity"},
     {0, Dimension::carbon_intensity, ""},
     grid,
     [](const Case&) {
       return Bounds{0.1, 1, 1300, 3000};
     },
     carbon_causes},
    {{"pue", "pue", "usual 1 to 3, possible 1 to 10", "PUE is the energy of the site over that of its computers",
      "Uptime Institute 2024: mean 1.56", "whether PUE is a ratio"},
     {0, Dimension::ratio, ""},
     pue,
     pue_bounds,
     pue_causes},
    {{"cost_per_kwh", "training_cost / training_energy", "usual 0.03 to 100, possible 0.001 to 1e5 USD/kWh",
      "electricity costs from 0.03 USD/kWh, rented machines 3 to 20 USD/kWh", "Strubell et al. 2019: 3 to 5 USD/kWh",
      "the units of training_cost and training_energy"},
     {0, std::nullopt, "USD/kWh"},
     cost_per_kwh,
     cost_per_kwh_bounds,
     cost_causes},
    {{"cost_per_hour", "training_cost / (training_time x hardware_count)",
      "usual 0.05 to 40, possible 1e-4 to 1e4 USD/h", "processors are rented for 0.1 to 12 USD an hour",
      "Strubell et al. 2019: 0.9 to 5 USD/h",
      "the unit of training_time, whether it is wall-clock time, and hardware_count"},
     {0, std::nullopt, "USD/h"},
     cost_per_hour,
     cost_per_hour_bounds,
     cost_causes},
    {{"largest_model", "params", "usual up to 1e13, possible up to 1e15",
      "the largest models that were published have some 1e13 parameters, one was shown to run with 1.7e14",
      "Ma et al. 2022, BaGuaLu", "the unit of params"},
     {0, Dimension::count, ""},
     params,
     [](const Case&) {
       return Bounds{0, 0, 1e13, 1e15};
     },
     params_causes},
    {{"training_flops_per_param", "training_flops / params", "usual 1e4 to 1e16, possible 6 to 1e22",
      "training takes some 6 FLOP for each parameter and token", "Kaplan et al. 2020 (arXiv 2001.08361), 6ND",
      "the units of training_flops and params"},
     {0, std::nullopt, "FLOP/parameter"},
     training_flops_per_param,
     training_flops_per_param_bounds,
     flops_causes},
    {{"chance", "accuracy, label classes or a known dataset", "usual: at least 100 % / classes",
      "whoever guesses is right as often", "probability", "whether accuracy is in percent, and of which classes"},
     {0, Dimension::accuracy, ""},
     accuracy,
     accuracy_bounds,
     {}},
    {{"in_flight", "throughput x latency", "usual 0.05 to 1e6, possible 1e-4 to 1e9 inferences at a time",
      "what is served at a time is its rate times how long each takes", "Little 1961, L = lambda W",
      "the units of throughput and latency, and that both are of one functional_unit"},
     {0, std::nullopt, "at a time"},
     in_flight,
     [](const Case&) {
       return Bounds{1e-4, 0.05, 1e6, 1e9};
     },
     {}},
});

}  // namespace

std::span<const PhysicalRule> quotient_rules() { return rules_of_quotients; }

}  // namespace greenml::audit_detail
