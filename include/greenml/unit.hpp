/// \file
/// Dimensions and the table of units: what a number can be measured in. Parsing and printing of numbers with
/// units is in quantity.hpp; other spellings of these units (hours, kwh, GFLOPs) are in words/unit_spelling.hpp.

#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace greenml {

enum class Dimension {
  accuracy,
  number,
  compute,
  count,
  storage,
  time,
  rate,
  energy,
  mass,
  power,
  money,
  ratio,
  carbon_intensity
};

struct DimensionRow {
  Dimension dimension;
  std::string_view phrase;     ///< for messages: "is a mass, not an energy"
  std::string_view base_unit;  ///< symbol of the unit that numbers of this dimension are kept in
};

/// How many base units one unit is: significand x 10^exponent. The power of ten is kept apart so that a decimal
/// number is scaled by moving its point, exactly: 0.57 as a fraction is 57 %, not 56.99999999999999 %.
struct Scale {
  double significand = 1;
  int exponent = 0;

  constexpr bool operator==(const Scale&) const = default;
};

struct Unit {
  std::string_view symbol;  ///< as people write it after a number: "kWh"
  std::string_view key;     ///< as a key names it: "kwh" in energy_kwh; empty where the field's name says it
  Dimension dimension;
  Scale scale;
  bool for_people = false;  ///< used to scale numbers in tables; rows of one dimension go from small to large
  /// What one inference must be, as the label functional_unit says it, for the unit to make sense; empty: anything.
  std::string_view functional_unit = {};
};

inline constexpr auto dimensions = std::to_array<DimensionRow>({
    {Dimension::accuracy, "an accuracy", "%"},
    {Dimension::number, "a number", "number"},
    {Dimension::compute, "a number of operations", "FLOP"},
    {Dimension::count, "a count", "count"},
    {Dimension::storage, "a size in bytes", "B"},
    {Dimension::time, "a time", "s"},
    {Dimension::rate, "a rate", "/s"},
    {Dimension::energy, "an energy", "J"},
    {Dimension::mass, "a mass", "g"},
    {Dimension::power, "a power", "W"},
    {Dimension::money, "an amount of money", "USD"},
    {Dimension::ratio, "a ratio", "ratio"},
    {Dimension::carbon_intensity, "a carbon intensity", "g/kWh"},
});

/// One row is one unit. A key that only case tells apart (mWh, MWh) keeps its case.
inline constexpr auto units = std::to_array<Unit>({
    {"%", "percent", Dimension::accuracy, {1, 0}, true},
    {"percent", "percent", Dimension::accuracy, {1, 0}},
    {"fraction", "fraction", Dimension::accuracy, {1, 2}},

    {"number", "", Dimension::number, {1, 0}, true},

    {"FLOP", "", Dimension::compute, {1, 0}, true},
    {"kFLOP", "kflop", Dimension::compute, {1, 3}, true},
    {"MFLOP", "mflop", Dimension::compute, {1, 6}, true},
    {"GFLOP", "gflop", Dimension::compute, {1, 9}, true},
    {"TFLOP", "tflop", Dimension::compute, {1, 12}, true},
    {"PFLOP", "pflop", Dimension::compute, {1, 15}, true},
    {"EFLOP", "eflop", Dimension::compute, {1, 18}, true},
    {"ZFLOP", "zflop", Dimension::compute, {1, 21}, true},
    {"YFLOP", "yflop", Dimension::compute, {1, 24}, true},
    {"RFLOP", "rflop", Dimension::compute, {1, 27}, true},
    // A multiply-accumulate is two operations, one multiplication and one addition.
    {"MAC", "mac", Dimension::compute, {2, 0}},
    {"kMAC", "kmac", Dimension::compute, {2, 3}},
    {"MMAC", "mmac", Dimension::compute, {2, 6}},
    {"GMAC", "gmac", Dimension::compute, {2, 9}},
    {"TMAC", "tmac", Dimension::compute, {2, 12}},
    {"PMAC", "pmac", Dimension::compute, {2, 15}},
    {"EMAC", "emac", Dimension::compute, {2, 18}},
    {"ZMAC", "zmac", Dimension::compute, {2, 21}},
    {"YMAC", "ymac", Dimension::compute, {2, 24}},
    {"RMAC", "rmac", Dimension::compute, {2, 27}},
    {"pfs-day", "pfs_day", Dimension::compute, {864, 17}},  // 1e15 FLOP/s for 86,400 s

    {"count", "", Dimension::count, {1, 0}, true},
    {"k", "k", Dimension::count, {1, 3}, true},
    {"M", "m", Dimension::count, {1, 6}, true},
    {"B", "b", Dimension::count, {1, 9}, true},
    {"G", "g", Dimension::count, {1, 9}},
    {"T", "t", Dimension::count, {1, 12}, true},

    {"B", "bytes", Dimension::storage, {1, 0}, true},
    {"kB", "kb", Dimension::storage, {1, 3}, true},
    {"MB", "mb", Dimension::storage, {1, 6}, true},
    {"GB", "gb", Dimension::storage, {1, 9}, true},
    {"TB", "tb", Dimension::storage, {1, 12}, true},
    {"KiB", "kib", Dimension::storage, {1024, 0}},
    {"MiB", "mib", Dimension::storage, {1048576, 0}},
    {"GiB", "gib", Dimension::storage, {1073741824, 0}},
    {"TiB", "tib", Dimension::storage, {1099511627776, 0}},

    {"ps", "ps", Dimension::time, {1, -12}, true},
    {"ns", "ns", Dimension::time, {1, -9}, true},
    {"us", "us", Dimension::time, {1, -6}, true},
    {"ms", "ms", Dimension::time, {1, -3}, true},
    {"s", "s", Dimension::time, {1, 0}, true},
    {"min", "min", Dimension::time, {6, 1}, true},
    {"h", "h", Dimension::time, {36, 2}, true},
    {"d", "d", Dimension::time, {864, 2}, true},

    {"/s", "per_s", Dimension::rate, {1, 0}, true},
    {"/min", "per_min", Dimension::rate, {1.0 / 60, 0}},
    {"/h", "per_h", Dimension::rate, {1.0 / 3600, 0}},
    {"fps", "fps", Dimension::rate, {1, 0}},
    {"it/s", "it_per_s", Dimension::rate, {1, 0}},
    {"tok/s", "tok_per_s", Dimension::rate, {1, 0}, false, "token"},
    {"x", "x", Dimension::rate, {1, 0}, false, "second of audio"},  // times real time

    {"nJ", "nj", Dimension::energy, {1, -9}, true},
    {"uJ", "uj", Dimension::energy, {1, -6}, true},
    {"mJ", "mJ", Dimension::energy, {1, -3}, true},
    {"J", "j", Dimension::energy, {1, 0}, true},
    {"kJ", "kj", Dimension::energy, {1, 3}, true},
    {"MJ", "MJ", Dimension::energy, {1, 6}},
    {"GJ", "gj", Dimension::energy, {1, 9}},
    {"mWh", "mWh", Dimension::energy, {36, -1}},
    {"Wh", "wh", Dimension::energy, {36, 2}},
    {"kWh", "kwh", Dimension::energy, {36, 5}, true},
    {"MWh", "MWh", Dimension::energy, {36, 8}, true},
    {"GWh", "gwh", Dimension::energy, {36, 11}, true},

    {"ug", "ug", Dimension::mass, {1, -6}, true},
    {"mg", "mg", Dimension::mass, {1, -3}, true},
    {"g", "g", Dimension::mass, {1, 0}, true},
    {"kg", "kg", Dimension::mass, {1, 3}, true},
    {"t", "t", Dimension::mass, {1, 6}, true},
    {"kt", "kt", Dimension::mass, {1, 9}, true},
    {"lb", "lb", Dimension::mass, {45359237, -5}},  // the international pound, by definition

    {"mW", "mW", Dimension::power, {1, -3}, true},
    {"W", "w", Dimension::power, {1, 0}, true},
    {"kW", "kw", Dimension::power, {1, 3}, true},
    {"MW", "MW", Dimension::power, {1, 6}, true},

    {"USD", "usd", Dimension::money, {1, 0}, true},
    {"$", "usd", Dimension::money, {1, 0}},

    {"ratio", "", Dimension::ratio, {1, 0}, true},

    {"g/kWh", "g_per_kwh", Dimension::carbon_intensity, {1, 0}, true},
    {"kg/kWh", "kg_per_kwh", Dimension::carbon_intensity, {1, 3}},
    {"kg/MWh", "kg_per_mwh", Dimension::carbon_intensity, {1, 0}},
    {"lb/MWh", "lb_per_mwh", Dimension::carbon_intensity, {45359237, -8}},
    {"lb/kWh", "lb_per_kwh", Dimension::carbon_intensity, {45359237, -5}},
});

/// The unit of that dimension with that symbol, or nullptr. Case matters: mJ and MJ are a billion apart.
constexpr const Unit* find_unit(Dimension dimension, std::string_view symbol) {
  for (const Unit& unit : units)
    if (unit.dimension == dimension && unit.symbol == symbol) return &unit;
  return nullptr;
}

/// The same where the unit must be in the table: what is not does not compile.
consteval const Unit& unit_named(Dimension dimension, std::string_view symbol) {
  for (const Unit& unit : units)
    if (unit.dimension == dimension && unit.symbol == symbol) return unit;
  throw "there is no such unit of this dimension";
}

constexpr const DimensionRow& row_of(Dimension dimension) { return dimensions[static_cast<std::size_t>(dimension)]; }

/// Whether a number of the dimension is written without its unit: a count, a ratio or a plain number.
constexpr bool is_plain(Dimension dimension) {
  return dimension == Dimension::number || dimension == Dimension::count || dimension == Dimension::ratio;
}

/// Whether a unit of the dimension stands right after its number: "76.1%", "25.6M", "818.3/s".
constexpr bool is_attached(Dimension dimension) {
  return dimension == Dimension::accuracy || dimension == Dimension::count || dimension == Dimension::rate;
}

/// The unit that numbers of the dimension are kept in.
constexpr const Unit& base_unit(Dimension dimension) { return *find_unit(dimension, row_of(dimension).base_unit); }

}  // namespace greenml
