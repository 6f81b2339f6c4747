#include <fmt/format.h>

#include "render/text.hpp"
#include "sheet/sheet.hpp"

namespace greenml::render {

namespace {

/// GitHub shows at most ten annotations of a kind for each step.
constexpr std::size_t most_annotations = 10;

/// Escapes by the rules of GitHub's toolkit: a message must not end its line, a property not end itself either.
std::string percent_escaped(std::string_view text, bool property) {
  std::string out;
  for (const char character : visible(text)) {
    if (character == '%')
      out += "%25";
    else if (property && character == ':')
      out += "%3A";
    else if (property && character == ',')
      out += "%2C";
    else
      out += character;
  }
  return out;
}

std::string_view command_for(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::failure:
    case Finding::Kind::unjudged:
      return "error";
    case Finding::Kind::warning:
      return "warning";
    case Finding::Kind::remark:
      return "notice";
    case Finding::Kind::good:
      break;
  }
  return {};
}

void annotate(const Finding& finding, Writer& out) {
  std::string properties;
  if (!finding.file.empty()) properties += fmt::format("file={},", percent_escaped(finding.file, true));
  if (finding.line > 0) properties += fmt::format("line={},", finding.line);
  out << "::" << command_for(finding.kind) << ' ' << properties << "title=" << percent_escaped(finding.name, true)
      << "::" << percent_escaped(finding.message, false) << '\n';
}

}  // namespace

void render_github(const Sheet& sheet, const Style& /*style*/, Writer& out) {
  std::size_t annotations = 0;
  std::size_t left_out = 0;
  for (const Section& section : sheet.sections)
    for (const std::size_t row : section.rows) {
      const Finding finding = sheet.finding(row);
      if (finding.kind == Finding::Kind::good) continue;
      if (annotations < most_annotations) {
        ++annotations;
        annotate(finding, out);
      } else {
        ++left_out;
      }
    }
  for (const Section& section : sheet.sections) {
    out << "greenml: " << visible(section.title);
    if (left_out > 0) out << fmt::format(" ({} more are not annotated)", left_out);
    out << '\n';
  }
}

}  // namespace greenml::render
