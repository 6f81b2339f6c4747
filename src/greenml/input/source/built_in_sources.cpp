#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "input/source/source.hpp"
#include "input/source/source_data.hpp"

namespace greenml::source {

namespace {

/// Reads a built-in mapping the first time that it is asked for. Its patterns are held to be right by a test.
const Source& built_in_source(std::size_t index) {
  static std::array<std::once_flag, source_texts.size()> is_read;
  static std::array<std::unique_ptr<const Source>, source_texts.size()> sources;
  std::call_once(is_read[index], [&] {
    Parsed<Source> source = parse_trusted_source(source_texts[index].mapping);
    if (!source) throw std::logic_error(fmt::format("a built-in mapping: {}", source.complaint().message));
    sources[index] = std::make_unique<const Source>(*std::move(source));
  });
  return *sources[index];
}

std::vector<const Source*> by_name(std::vector<const Source*> sources) {
  std::sort(sources.begin(), sources.end(),
            [](const Source* left, const Source* right) { return left->name < right->name; });
  return sources;
}

}  // namespace

std::vector<const Source*> built_in_sources() {
  std::vector<const Source*> all;
  for (std::size_t index = 0; index < source_texts.size(); ++index) all.push_back(&built_in_source(index));
  return by_name(std::move(all));
}

std::vector<const Source*> built_in_sources_for(const std::function<bool(Layout)>& may_be, std::string_view text) {
  std::vector<const Source*> found;
  for (std::size_t index = 0; index < source_texts.size(); ++index) {
    const SourceText& source = source_texts[index];
    bool may_read = false;
    for (std::size_t layout = 0; layout < layout_names.size(); ++layout)
      may_read = may_read || (source.formats.find(layout_names[layout]) != std::string_view::npos &&
                              may_be(static_cast<Layout>(layout)));
    const bool is_pattern = source.column.find('*') != std::string_view::npos;
    if (may_read && (is_pattern || text.find(last_name(source.column)) != std::string_view::npos))
      found.push_back(&built_in_source(index));
  }
  return by_name(std::move(found));
}

}  // namespace greenml::source
