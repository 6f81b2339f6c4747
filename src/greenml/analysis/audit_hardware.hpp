/// \file
/// The nameplate and peak of a model's hardware, for `audit`: as a span where the label may mean several rows of the
/// reference table ("NVIDIA A100").

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "greenml/reference.hpp"

namespace greenml::audit_detail {

struct HardwareFacts {
  double least_watts = 0;  ///< nameplate of one device
  double most_watts = 0;
  double peak = 0;  ///< FLOP/s of one device; 0: not known
};

class HardwareLookup {
 public:
  /// nullptr: nothing is found.
  explicit HardwareLookup(const ReferenceTable* table);
  /// By the text of a model's label `hardware`.
  std::optional<HardwareFacts> find(std::string_view label);

 private:
  std::optional<HardwareFacts> look_up(std::string_view label) const;

  struct Entry {
    std::string tokens;  // " nvidia a100 sxm4 80gb "
    const ReferenceRow* row;
  };
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::optional<HardwareFacts>> known_;
};

}  // namespace greenml::audit_detail
