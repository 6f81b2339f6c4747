#include "render/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utf8proc.h>
#include <vector>

namespace greenml::render {

namespace {

struct CodeRange {
  std::int32_t first;
  std::int32_t last;
};

/// One row is one range of characters that no output may carry as they are.
constexpr auto dangerous = std::to_array<CodeRange>({
    {0x00, 0x1F},        // C0 controls: newline, escape, ...
    {0x7F, 0x9F},        // delete, and C1 controls, of which 0x9B starts an escape sequence
    {0xAD, 0xAD},        // soft hyphen: there or not, as the terminal likes
    {0x61C, 0x61C},      // Arabic letter mark
    {0x180E, 0x180E},    // Mongolian vowel separator
    {0x200B, 0x200B},    // zero-width space
    {0x200E, 0x200F},    // left-to-right and right-to-left marks
    {0x2028, 0x202E},    // line and paragraph separators, bidirectional embeddings and overrides
    {0x2060, 0x206F},    // invisible operators, bidirectional isolates
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFF9, 0xFFFB},    // interlinear annotation
    {0xE0000, 0xE0FFF},  // tags, and variation selectors that carry hidden text
});

constexpr std::int32_t zero_width_joiner = 0x200D;
constexpr std::int32_t emoji_presentation = 0xFE0F;

const utf8proc_uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

/// A run of bytes that is shown as one: a character with its marks and joiners.
struct Cluster {
  std::string_view text;
  std::size_t width;
};

/// Width of one cluster: that of its widest character; two cells where it is asked for as an emoji.
std::size_t width_of_cluster(std::string_view text) {
  int width = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const Character character = first_character(rest);
    rest.remove_prefix(character.length);
    width = std::max(width, character.valid ? utf8proc_charwidth(character.code) : 1);
    if (character.code == emoji_presentation) width = 2;
  }
  return static_cast<std::size_t>(width);
}

/// The first cluster of a text that is not empty.
Cluster first_cluster(std::string_view text) {
  Character previous = first_character(text);
  std::size_t length = previous.length;
  utf8proc_int32_t state = 0;
  while (previous.valid && length < text.size()) {
    const Character next = first_character(text.substr(length));
    if (!next.valid || utf8proc_grapheme_break_stateful(previous.code, next.code, &state)) break;
    length += next.length;
    previous = next;
  }
  const std::string_view cluster = text.substr(0, length);
  return {cluster, width_of_cluster(cluster)};
}

void append_escape(std::string& out, const Character& character) {
  if (character.code == '\n')
    out += "\\n";
  else if (character.code == '\t')
    out += "\\t";
  else if (character.code == '\r')
    out += "\\r";
  else if (!character.valid || character.code < 0x80)
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", character.code);
  else
    fmt::format_to(std::back_inserter(out), "\\u{{{:x}}}", character.code);
}

}  // namespace

Character first_character(std::string_view text) {
  const auto byte = static_cast<unsigned char>(text.front());
  if (byte < 0x80) return {byte, 1, true};
  utf8proc_int32_t code = 0;
  const utf8proc_ssize_t length = utf8proc_iterate(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (length <= 0) return {byte, 1, false};
  return {code, static_cast<std::size_t>(length), true};
}

bool is_dangerous(std::int32_t code) {
  if (code >= 0x20 && code < 0x7F) return false;
  return std::any_of(dangerous.begin(), dangerous.end(),
                     [&](const CodeRange& range) { return range.first <= code && code <= range.last; });
}

std::string visible(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  bool joins = false;  // whether a joiner here has something before it to join
  while (!text.empty()) {
    const Character character = first_character(text);
    const bool stray_joiner = character.code == zero_width_joiner && !joins;
    if (!character.valid || is_dangerous(character.code) || stray_joiner)
      append_escape(shown, character);
    else
      shown += text.substr(0, character.length);
    joins = character.valid && character.code >= 0x80 && character.code != zero_width_joiner;
    text.remove_prefix(character.length);
  }
  return shown;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Cluster cluster = first_cluster(text);
    width += cluster.width;
    text.remove_prefix(cluster.text.size());
  }
  return width;
}

std::string shortened(std::string_view text, std::size_t width) {
  std::vector<Cluster> clusters;
  std::size_t total = 0;
  for (std::string_view rest = text; !rest.empty();) {
    clusters.push_back(first_cluster(rest));
    total += clusters.back().width;
    rest.remove_prefix(clusters.back().text.size());
  }
  if (total <= width) return std::string(text);
  if (width == 0) return {};

  // The start tells more than the end, so it gets the odd cell.
  const std::size_t end_width = (width - 1) / 2;
  const std::size_t start_width = width - 1 - end_width;
  std::string start;
  for (std::size_t index = 0, used = 0; index < clusters.size(); ++index) {
    used += clusters[index].width;
    if (used > start_width) break;
    start += clusters[index].text;
  }
  std::size_t first_kept = clusters.size();
  for (std::size_t used = 0; first_kept > 0 && used + clusters[first_kept - 1].width <= end_width; --first_kept)
    used += clusters[first_kept - 1].width;
  std::string end;
  for (std::size_t index = first_kept; index < clusters.size(); ++index) end += clusters[index].text;
  return start + "…" + end;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, std::min(text.find(' '), text.size()));
    const std::size_t wanted = display_width(word);
    if (used > 0 && used + 1 + wanted > width) {
      lines.emplace_back();
      used = 0;
    }
    if (used > 0) lines.back() += ' ';
    lines.back() += shortened(word, width);
    used += (used > 0 ? 1 : 0) + std::min(wanted, width);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return lines;
}

}  // namespace greenml::render
