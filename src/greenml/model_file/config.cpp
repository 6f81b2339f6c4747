#include "model_file/config.hpp"

#include <charconv>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "model_file/json_text.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file {

/// Reads a config.json into paths and values.
class ConfigReader {
 public:
  explicit ConfigReader(const File& file) : json_(file, 0, file.size(), "JSON") {}

  Config read() {
    if (json_.next() != '{') json_.fail("an object belongs here");
    read_value("");
    json_.expect_end();
    return std::move(config_);
  }

 private:
  static constexpr std::size_t most_values = 100'000;

  void read_value(const std::string& path) {
    switch (json_.next()) {
      case '{':
        return read_object(path);
      case '[': {
        std::size_t index = 0;
        for (json_.open('['); json_.next_element(); ++index) read_value(fmt::format("{}[{}]", path, index));
        return;
      }
      default:
        return read_scalar(path);
    }
  }

  void read_object(const std::string& path) {
    std::set<std::string> keys;
    std::string key;
    for (json_.open('{'); json_.next_key(key);) {
      if (!keys.insert(key).second) json_.fail(fmt::format("key {} is there twice", shown(key)));
      constexpr std::size_t longest_path = 256;
      if (path.size() + key.size() > longest_path) json_.fail("keys of over 256 characters");
      read_value(path.empty() ? key : path + "." + key);
    }
  }

  void read_scalar(const std::string& path) {
    Config::Value value;
    value.is_text = json_.next() == '"';
    if (value.is_text)
      json_.take_text(value.word);
    else
      json_.take_word(value.word);
    if (config_.values_.size() == most_values) json_.fail("more values than greenml reads");
    // "a.b" can be a key of its own beside an "a" with a "b": which of them is meant is not known.
    if (!config_.values_.emplace(path, std::move(value)).second)
      json_.fail(fmt::format("key {} is there twice", shown(path)));
  }

  JsonText json_;
  Config config_;
};

Parsed<Config> Config::read(const File& file) {
  constexpr std::uint64_t largest = 4U << 20U;
  if (file.size() > largest) return file.complaint("over 4 MB are too much for a config.json");
  try {
    return ConfigReader(file).read();
  } catch (const Malformed& malformed) {
    return file.complaint(malformed.what, malformed.hint);
  }
}

std::optional<std::string> Config::text(const std::string& path) const {
  const auto found = values_.find(path);
  return found == values_.end() || !found->second.is_text ? std::nullopt : std::optional(found->second.word);
}

std::optional<std::uint64_t> Config::number(const std::string& path) const {
  const auto found = values_.find(path);
  if (found == values_.end() || found->second.is_text) return std::nullopt;
  const std::string& word = found->second.word;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> Config::first_number(std::initializer_list<const char*> paths) const {
  for (const char* const path : paths)
    if (const std::optional<std::uint64_t> found = number(path)) return found;
  return std::nullopt;
}

std::optional<bool> Config::boolean(const std::string& path) const {
  const auto found = values_.find(path);
  if (found == values_.end() || found->second.is_text) return std::nullopt;
  if (found->second.word == "true") return true;
  return found->second.word == "false" ? std::optional(false) : std::nullopt;
}

namespace {

/// Where a config may say how weights are packed.
constexpr const char* quantisation_keys[] = {"quantization_config", "quantization", "compression_config",
                                             "text_config.quantization_config"};

std::string section_of(const Config& config) {
  for (const char* const key : quantisation_keys) {
    bool found = false;
    config.each(std::string(key) + ".", [&found](const std::string&) { found = true; });
    if (found) return std::string(key) + ".";
  }
  return {};
}

template <typename Map>
std::optional<std::uint64_t> find_module(const Map& map, std::string_view module) {
  const auto found = map.find(module);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

Quantisation::Quantisation(const Config& config) {
  const std::string section = section_of(config);
  if (section.empty()) return;
  method_ = config.text(section + "quant_method").value_or("quantised");
  if (const auto algorithm = config.text(section + "quant_algo")) method_ = *algorithm;
  for (const char* const key : {"bits", "w_bit", "num_bits"})
    if (!bits_) bits_ = config.number(section + key);
  for (const char* const key : {"group_size", "q_group_size"})
    if (!group_size_) group_size_ = config.number(section + key);
  read_groups(config);
}

void Quantisation::read_groups(const Config& config) {
  const std::string section = section_of(config);
  const auto take = [](std::optional<std::uint64_t>& to, bool& mixed, std::optional<std::uint64_t> value) {
    if (!value) return;
    mixed = mixed || (to && *to != *value);
    to = value;
  };
  config.each(section, [&](const std::string& path) {
    const std::string key = path.substr(section.size());
    const std::size_t dot = key.rfind('.');
    if (dot == std::string::npos) return;
    const std::string module = key.substr(0, dot);
    const std::string leaf = key.substr(dot + 1);
    if (key.starts_with("config_groups.")) {
      if (module.ends_with(".weights") && leaf == "num_bits") take(bits_, mixed_, config.number(path));
      if (module.ends_with(".weights") && leaf == "group_size") take(group_size_, mixed_, config.number(path));
    } else if (leaf == "bits" || leaf == "group_size") {
      // A module of its own: MLX names it, others give a pattern, which is not read.
      mixed_ = true;
      if (const auto number = config.number(path)) (leaf == "bits" ? module_bits_ : module_groups_)[module] = *number;
    }
  });
}

std::optional<std::uint64_t> Quantisation::bits(std::string_view module) const {
  const std::optional<std::uint64_t> own = find_module(module_bits_, module);
  return own ? own : bits_;
}

std::optional<std::uint64_t> Quantisation::group_size(std::string_view module) const {
  const std::optional<std::uint64_t> own = find_module(module_groups_, module);
  return own ? own : group_size_;
}

}  // namespace greenml::model_file
