#include "model_file/weight.hpp"

#include <algorithm>
#include <utility>

namespace greenml::model_file {

namespace {

bool is_count(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Takes the part up to the next dot.
std::string_view take_part(std::string_view& name) {
  const std::size_t dot = std::min(name.find('.'), name.size());
  const std::string_view part = name.substr(0, dot);
  name.remove_prefix(std::min(dot + 1, name.size()));
  return part;
}

}  // namespace

Use find_use(std::span<const NamedUse> table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const NamedUse& row) { return row.name == name; });
  return found == table.end() ? Use::unknown : found->use;
}

void LanguageModel::give_up(InspectionStatus why_status, std::string why) {
  if (!why_no_macs.empty()) return;
  status = why_status;
  why_no_macs = std::move(why);
}

std::string missing_kind(const std::set<std::string, std::less<>>& kinds, std::span<const Needs> table) {
  for (const std::string& kind : kinds) {
    for (const Needs& row : table) {
      if (!kind.ends_with(row.kind)) continue;
      const std::string begin = kind.substr(0, kind.size() - row.kind.size());
      const auto has = [&](std::string_view end) { return kinds.find(begin + std::string(end)) != kinds.end(); };
      if (!has(row.needed) && (row.or_else.empty() || !has(row.or_else))) return begin + std::string(row.needed);
    }
  }
  return {};
}

Place place_of(std::string_view name) {
  Place place;
  std::string_view rest = name;
  while (!rest.empty() && !place.in_block) place.in_block = is_count(take_part(rest)) && !rest.empty();
  if (!place.in_block) {
    place.block = name.substr(0, std::min(name.rfind('.'), name.size()));
    place.kind = name;
    return place;
  }
  place.block = name.substr(0, name.size() - rest.size() - 1);
  std::string_view before;
  for (std::size_t dot = 0; dot != std::string_view::npos;) {
    dot = rest.find('.');
    const std::string_view part = rest.substr(0, dot);
    const bool is_expert = is_count(part) && (before == "experts" || before.starts_with("ffn_"));
    place.kind += is_expert ? "*" : part;
    if (dot != std::string_view::npos) place.kind += '.';
    rest.remove_prefix(part.size() + (dot == std::string_view::npos ? 0 : 1));
    before = part;
  }
  return place;
}

}  // namespace greenml::model_file
