#include "input/source/log_tree.hpp"

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include "input/json/json_number.hpp"

namespace greenml::source {

namespace {

/// Longer lines are no lines of a log, and the standard library's expressions take stack for each character.
constexpr std::size_t longest_line = 2000;

struct Finder {
  const LogLine* line;
  std::regex expression;
  std::size_t found = 0;
  Tree value = {};
};

}  // namespace

Tree tree_of_log(const Source& source, std::string_view text) {
  std::vector<Finder> finders;
  for (const LogLine& line : source.lines) finders.push_back({&line, std::regex(line.pattern)});
  std::string_view section;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, std::min(end - at, longest_line));
    for (const std::string& one : source.sections)
      if (line.find(one) != std::string_view::npos) section = one;
    for (Finder& finder : finders) {
      if (!finder.line->after.empty() && finder.line->after != section) continue;
      std::match_results<std::string_view::const_iterator> match;
      if (!std::regex_search(line.begin(), line.end(), match, finder.expression)) continue;
      ++finder.found;
      finder.value.text = match[1].str();
      finder.value.offset = at + static_cast<std::size_t>(match.position(1));
      finder.value.kind = read::read_json_number(finder.value.text) ? read::RawKind::number : read::RawKind::text;
    }
    at = end + 1;
  }
  Tree tree;
  tree.kind = read::RawKind::object;
  for (Finder& finder : finders)
    if (finder.found == 1 || (finder.found > 1 && finder.line->takes_last))
      tree.members.push_back({finder.line->column, std::move(finder.value)});
  return tree;
}

}  // namespace greenml::source
