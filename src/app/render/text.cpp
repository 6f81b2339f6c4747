#include "render/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
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
    {0x34F, 0x34F},      // combining grapheme joiner
    {0x61C, 0x61C},      // Arabic letter mark
    {0x115F, 0x1160},    // Hangul fillers: letters that nobody sees
    {0x17B4, 0x17B5},    // Khmer vowels that nobody sees
    {0x180E, 0x180E},    // Mongolian vowel separator
    {0x200B, 0x200B},    // zero-width space
    {0x200E, 0x200F},    // left-to-right and right-to-left marks
    {0x2028, 0x202E},    // line and paragraph separators, bidirectional embeddings and overrides
    {0x2060, 0x206F},    // invisible operators, bidirectional isolates
    {0x3164, 0x3164},    // Hangul filler
    {0xFDD0, 0xFDEF},    // noncharacters
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFA0, 0xFFA0},    // half-width Hangul filler
    {0xFFF0, 0xFFFB},    // interlinear annotation
    {0x1BCA0, 0x1BCA3},  // shorthand format controls
    {0x1D173, 0x1D17A},  // musical format controls
    {0xE0000, 0xE0FFF},  // tags, and variation selectors that carry hidden text
});

constexpr std::int32_t text_presentation = 0xFE0E;
constexpr std::int32_t emoji_presentation = 0xFE0F;

/// Invisible characters that belong to a text where they change the character before them, and hide in it elsewhere.
enum class Companion { none, selector, joiner };

Companion companion_kind(std::int32_t code) {
  if (code == 0x200C || code == 0x200D) return Companion::joiner;
  const bool selector = (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0x180B && code <= 0x180D) || code == 0x180F;
  return selector ? Companion::selector : Companion::none;
}

bool is_pictograph(std::int32_t code) {
  return utf8proc_get_property(code)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

bool is_flag_letter(std::int32_t code) { return code >= 0x1F1E6 && code <= 0x1F1FF; }

/// Whether an emoji can be made of it with a selector: pictographs, and the characters of keycaps.
bool can_be_emoji(std::int32_t code) {
  return is_pictograph(code) || (code >= '0' && code <= '9') || code == '#' || code == '*';
}

/// Whether a companion does what it is for behind this character. Joiners and selectors have no business in Latin,
/// Greek, Cyrillic and Armenian, where two names would look alike with and without one.
bool has_business(const Character& companion, const Character& before) {
  if (!before.valid) return false;
  const Companion kind = companion_kind(companion.code);
  const Companion kind_before = companion_kind(before.code);
  if (kind_before != Companion::none) return kind == Companion::joiner && kind_before == Companion::selector;
  if (companion.code == text_presentation || companion.code == emoji_presentation) return can_be_emoji(before.code);
  constexpr std::int32_t first_behind_armenian = 0x590;
  return before.code >= first_behind_armenian || is_pictograph(before.code);
}

const utf8proc_uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

/// A run of bytes that is shown as one: a character with its marks and joiners.
struct Cluster {
  std::string_view text;
  std::size_t width;
};

/// Width of one cluster: that of its widest character; two cells for a flag and where it is asked for as an emoji.
std::size_t width_of_cluster(std::string_view text) {
  int width = 0;
  Character previous;
  for (std::string_view rest = text; !rest.empty();) {
    const Character character = first_character(rest);
    rest.remove_prefix(character.length);
    width = std::max(width, character.valid ? utf8proc_charwidth(character.code) : 1);
    const bool emoji = character.code == emoji_presentation && can_be_emoji(previous.code);
    const bool flag = is_flag_letter(character.code) && is_flag_letter(previous.code);
    if (emoji || flag) width = 2;
    previous = character;
  }
  return static_cast<std::size_t>(width);
}

bool is_visible_ascii(char character) { return character >= ' ' && character <= '~'; }

/// The first cluster of a text that is not empty.
Cluster first_cluster(std::string_view text) {
  // Nothing joins two characters of ASCII but a line end.
  if (is_visible_ascii(text[0]) && (text.size() == 1 || is_visible_ascii(text[1]))) return {text.substr(0, 1), 1};
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

/// The parts of a word that fit, in whole characters. At least one is in each, however wide it is.
std::vector<std::string> pieces_of(std::string_view word, std::size_t width) {
  std::vector<std::string> pieces(1);
  std::size_t used = 0;
  while (!word.empty()) {
    const Cluster cluster = first_cluster(word);
    if (used > 0 && used + cluster.width > width) {
      pieces.emplace_back();
      used = 0;
    }
    pieces.back() += cluster.text;
    used += cluster.width;
    word.remove_prefix(cluster.text.size());
  }
  return pieces;
}

/// Lines of words; `parts` makes a word that is too wide fit, in one part or several, each of which begins a line.
template <typename Parts>
std::vector<std::string> in_lines(std::string_view text, std::size_t width, Parts parts) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, std::min(text.find(' '), text.size()));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    const std::size_t wanted = display_width(word);
    if (used > 0 && used + 1 + wanted > width) {
      lines.emplace_back();
      used = 0;
    }
    if (used > 0) lines.back() += ' ';
    used += used > 0 ? 1 : 0;
    if (wanted <= width) {
      lines.back() += word;
      used += wanted;
      continue;
    }
    const std::vector<std::string> fitting = parts(word);
    lines.back() += fitting.front();
    lines.insert(lines.end(), fitting.begin() + 1, fitting.end());
    used = display_width(lines.back());
  }
  return lines;
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
  const bool is_last_of_plane = (code & 0xFFFE) == 0xFFFE;  // U+FFFE, U+FFFF, U+1FFFE, ...: noncharacters
  return is_last_of_plane || std::any_of(dangerous.begin(), dangerous.end(), [&](const CodeRange& range) {
           return range.first <= code && code <= range.last;
         });
}

std::string visible(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_visible_ascii)) return std::string(text);
  std::string shown;
  shown.reserve(text.size());
  Character before;
  while (!text.empty()) {
    const Character character = first_character(text);
    const bool stray = companion_kind(character.code) != Companion::none && !has_business(character, before);
    if (!character.valid || is_dangerous(character.code) || stray)
      append_escape(shown, character);
    else
      shown += text.substr(0, character.length);
    before = character;
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

std::vector<std::string> shortened_apart(const std::vector<std::string>& texts, std::size_t width) {
  std::map<std::string, std::vector<std::size_t>> alike;
  std::vector<std::string> result;
  for (std::size_t index = 0; index < texts.size(); ++index) {
    result.push_back(shortened(texts[index], width));
    alike[result.back()].push_back(index);
  }
  for (const auto& [text, indices] : alike) {
    const std::string& first = texts[indices.front()];
    const auto is_first = [&](std::size_t index) { return texts[index] == first; };
    if (std::all_of(indices.begin(), indices.end(), is_first)) continue;
    // From where they differ on; a little of what comes before says what it is.
    std::size_t common = first.size();
    for (const std::size_t index : indices) {
      const auto [left, right] = std::mismatch(texts[index].begin(), texts[index].end(), first.begin(), first.end());
      common = std::min(common, static_cast<std::size_t>(left - texts[index].begin()));
    }
    while (common > 0 && (static_cast<unsigned char>(first[common]) & 0xC0) == 0x80) --common;
    for (const std::size_t index : indices) {
      const std::string_view differing = std::string_view(texts[index]).substr(common);
      const std::size_t for_start = width / 3;
      const std::string start = shortened(std::string_view(texts[index]).substr(0, common), for_start);
      const std::size_t rest = width - std::min(width, display_width(start) + 1);
      result[index] = fmt::format("{}…{}", start, shortened(differing, rest));
    }
  }
  return result;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  return in_lines(text, width, [&](std::string_view word) { return std::vector{shortened(word, width)}; });
}

std::vector<std::string> broken(std::string_view text, std::size_t width) {
  return in_lines(text, width, [&](std::string_view word) { return pieces_of(word, width); });
}

std::vector<std::string> in_whole_words(std::string_view text, std::size_t width) {
  return in_lines(text, width, [](std::string_view word) { return std::vector{std::string(word)}; });
}

// JSON may carry any character but a few; what is dangerous on a terminal is escaped as well, since it may get there.
std::string json_text(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const Character character = first_character(text);
    const auto code = static_cast<std::uint32_t>(character.code);
    if (!character.valid)
      out += "\xEF\xBF\xBD";  // U+FFFD, the replacement character
    else if (code == '"')
      out += "\\\"";
    else if (code == '\\')
      out += "\\\\";
    else if (!is_dangerous(character.code))
      out += text.substr(0, character.length);
    else if (code < 0x10000)
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
    else
      fmt::format_to(std::back_inserter(out), "\\u{:04x}\\u{:04x}", 0xD800 + ((code - 0x10000) >> 10),
                     0xDC00 + ((code - 0x10000) & 0x3FF));
    text.remove_prefix(character.length);
  }
  out += '"';
  return out;
}

}  // namespace greenml::render
