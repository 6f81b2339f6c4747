/// \file
/// The config.json that stands beside safetensors files: its values by the path of their keys, and what it says of
/// quantised weights. What it says of a language model is in config_model.hpp.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "greenml/parsed.hpp"
#include "model_file/file.hpp"

namespace greenml::model_file {

/// Values of a JSON object by their paths: "quantization_config.bits", "layer_types[0]".
class Config {
 public:
  /// Reads a file; the complaint is about JSON, duplicate keys, or size.
  static Parsed<Config> read(const File& file);

  bool has(const std::string& path) const { return values_.find(path) != values_.end(); }
  std::optional<std::string> text(const std::string& path) const;
  /// A whole number that is not negative.
  std::optional<std::uint64_t> number(const std::string& path) const;
  /// The first of these keys that has a number.
  std::optional<std::uint64_t> first_number(std::initializer_list<const char*> paths) const;
  std::optional<bool> boolean(const std::string& path) const;

  /// All values whose path begins with `prefix`, in the order of paths: calls `visit(path)`.
  template <typename Visit>
  void each(const std::string& prefix, Visit visit) const {
    for (auto at = values_.lower_bound(prefix); at != values_.end() && at->first.starts_with(prefix); ++at)
      visit(at->first);
  }

 private:
  friend class ConfigReader;

  struct Value {
    bool is_text = false;
    std::string word;  ///< the text, or a number or word as it stands
  };
  std::map<std::string, Value> values_;
};

/// How weights are packed, by `quantization_config` (or MLX's `quantization`).
class Quantisation {
 public:
  Quantisation() = default;
  explicit Quantisation(const Config& config);

  const std::string& method() const { return method_; }  ///< "gptq"; empty where weights are not quantised
  /// Bits of each weight of a module ("model.layers.0.mlp.up_proj"); nothing where that is not told.
  std::optional<std::uint64_t> bits(std::string_view module) const;
  /// How many weights share a scale; nothing where that is not told, or where it is a whole row or column.
  std::optional<std::uint64_t> group_size(std::string_view module) const;
  /// Modules differ, in ways that are not read: bits and groups must be confirmed by the shapes.
  bool is_mixed() const { return mixed_; }

 private:
  void read_groups(const Config& config);

  std::string method_;
  std::optional<std::uint64_t> bits_;
  std::optional<std::uint64_t> group_size_;
  bool mixed_ = false;
  std::map<std::string, std::uint64_t, std::less<>> module_bits_;
  std::map<std::string, std::uint64_t, std::less<>> module_groups_;
};

}  // namespace greenml::model_file
