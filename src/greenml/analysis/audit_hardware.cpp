#include "analysis/audit_hardware.hpp"

#include <algorithm>

namespace greenml::audit_detail {

namespace {

/// In lower case, with one blank around each token: "NVIDIA A100-SXM4" is " nvidia a100 sxm4 ".
std::string tokens_of(std::string_view text) {
  std::string result = " ";
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool word =
        upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (word)
      result += upper ? static_cast<char>(c - 'A' + 'a') : c;
    else if (result.back() != ' ')
      result += ' ';
  }
  if (result.back() != ' ') result += ' ';
  return result;
}

void add(const ReferenceRow& row, std::optional<HardwareFacts>& facts) {
  if (!facts) facts = HardwareFacts{row.value, row.value, row.peak};
  facts->least_watts = std::min(facts->least_watts, row.value);
  facts->most_watts = std::max(facts->most_watts, row.value);
  facts->peak = std::max(facts->peak, row.peak);
}

}  // namespace

HardwareLookup::HardwareLookup(const ReferenceTable* table) {
  if (table == nullptr) return;
  for (const ReferenceRow& row : table->rows) {
    entries_.push_back({tokens_of(row.name), &row});
    for (const std::string& name : row.also) entries_.push_back({tokens_of(name), &row});
  }
}

std::optional<HardwareFacts> HardwareLookup::find(std::string_view label) {
  if (label.empty() || entries_.empty()) return std::nullopt;
  const auto [known, is_new] = known_.try_emplace(std::string(label));
  if (is_new) known->second = look_up(label);
  return known->second;
}

std::optional<HardwareFacts> HardwareLookup::look_up(std::string_view label) const {
  const std::string wanted = tokens_of(label);
  if (wanted.size() < 3) return std::nullopt;
  std::optional<HardwareFacts> same;
  std::optional<HardwareFacts> general;   // the label is a part of the row's name: "NVIDIA A100"
  std::optional<HardwareFacts> specific;  // the row's name is a part of the label: "2x NVIDIA L4 (24 GB)"
  std::size_t longest = 0;
  for (const Entry& entry : entries_) {
    if (entry.tokens == wanted) add(*entry.row, same);
    if (entry.tokens.find(wanted) != std::string::npos) add(*entry.row, general);
    if (wanted.find(entry.tokens) == std::string::npos || entry.tokens.size() < longest) continue;
    if (entry.tokens.size() > longest) specific.reset();
    longest = entry.tokens.size();
    add(*entry.row, specific);
  }
  return same ? same : general ? general : specific;
}

}  // namespace greenml::audit_detail
