#include "input/source/tree.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "greenml/quantity.hpp"
#include "input/json/json_number.hpp"
#include "input/json_places.hpp"

namespace greenml::source {

namespace {

using read::RawKind;

constexpr std::size_t most_depth = 64;
constexpr std::size_t most_values = 4'000'000;

class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  Tree read(read::TextRange range, std::size_t depth) {
    if (depth > most_depth) throw read::JsonMisread{range.begin, "nested too deep"};
    if (++values_ > most_values) throw read::JsonMisread{range.begin, "too many values"};
    Tree tree;
    tree.offset = range.begin;
    const char first = text_[range.begin];
    if (first == '{') {
      tree.kind = RawKind::object;
      for (const read::JsonMember& member : read::json_members(text_, range))
        tree.members.push_back({member.key, read(member.value, depth + 1)});
    } else if (first == '[') {
      tree.kind = RawKind::array;
      for (const read::TextRange element : read::json_elements(text_, range))
        tree.elements.push_back(read(element, depth + 1));
    } else if (std::optional<std::string> text = read::json_text(text_, range)) {
      tree.kind = RawKind::text;
      tree.text = *std::move(text);
    } else {
      read_word(range, tree);
    }
    return tree;
  }

 private:
  void read_word(read::TextRange range, Tree& tree) const {
    tree.text = range.of(text_);
    if (tree.text == "null")
      tree.kind = RawKind::null;
    else if (tree.text == "true" || tree.text == "false")
      tree.kind = RawKind::boolean;
    else if (read::read_json_number(tree.text))
      tree.kind = RawKind::number;
    else if (tree.text == "NaN" || tree.text == "Infinity" || tree.text == "-Infinity")
      tree.kind = RawKind::text;  // Python writes them; they are no numbers
    else
      throw read::JsonMisread{range.begin, "this is no value"};
  }

  std::string_view text_;
  std::size_t values_ = 0;
};

/// The text with blanks in place of lines that begin with #, so that all offsets stay.
std::string without_comments(std::string_view text) {
  std::string without(text);
  for (std::size_t start = 0; start < without.size();) {
    const std::size_t end = std::min(without.find('\n', start), without.size());
    if (without[start] == '#')
      std::fill(without.begin() + static_cast<std::ptrdiff_t>(start),
                without.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    start = end + 1;
  }
  return without;
}

struct Segment {
  std::string name;
  char each = '\0';  ///< '[' for the elements of a list, '{' for the members of an object
};

/// "Models[].Results[]" is two segments.
std::vector<Segment> segments_of(std::string_view path) {
  std::vector<Segment> segments;
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    Segment& segment = segments.emplace_back();
    segment.name = path.substr(0, dot);
    path.remove_prefix(std::min(dot + 1, path.size()));
    for (const std::string_view brackets : {"[]", "{}"})
      if (segment.name.ends_with(brackets)) {
        segment.each = brackets[0];
        segment.name.resize(segment.name.size() - 2);
      }
  }
  return segments;
}

class RecordFinder {
 public:
  RecordFinder(std::vector<Segment> segments, const std::function<void(const Record&)>& take)
      : segments_(std::move(segments)), take_(take) {}

  void walk(const Tree& tree, std::size_t depth, const std::string& path) {
    const std::size_t columns = record_.size();
    if (depth == segments_.size()) {
      if (tree.kind == RawKind::object)
        add_members(tree, path, "");
      else if (tree.kind != RawKind::array)
        record_.push_back({path, &tree});
      take_(record_);
    } else if (tree.kind == RawKind::object) {
      const Segment& segment = segments_[depth];
      add_members(tree, path, segment.name);
      for (const auto& [key, member] : tree.members)
        if (key == segment.name) descend(member, depth, below(path, key));
    }
    record_.resize(columns);
  }

 private:
  static std::string below(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + "." + key;
  }

  void descend(const Tree& tree, std::size_t depth, const std::string& path) {
    const char each = segments_[depth].each;
    if (each == '\0') return walk(tree, depth + 1, path);
    for (const Tree& element : tree.elements)
      if (each == '[') walk(element, depth + 1, path);
    for (const auto& [key, member] : tree.members) {
      if (each != '{') break;
      Tree name;
      name.kind = RawKind::text;
      name.text = key;
      name.offset = member.offset;
      keys_.push_back(std::move(name));
      record_.push_back({path + "{}", &keys_.back()});
      walk(member, depth + 1, path);
      record_.pop_back();
    }
  }

  /// Adds what is no list, at any depth, but for the member that leads on.
  void add_members(const Tree& tree, const std::string& path, std::string_view but) {
    for (const auto& [key, member] : tree.members) {
      if (key == but) continue;
      if (member.kind == RawKind::object)
        add_members(member, below(path, key), "");
      else if (member.kind == RawKind::array)
        add_list(member, below(path, key));
      else
        record_.push_back({below(path, key), &member});
    }
  }

  /// A list of one object is that object; of a list of numbers there is the largest, "memory_usage_byte[max]".
  void add_list(const Tree& list, const std::string& path) {
    if (list.elements.size() == 1 && list.elements.front().kind == RawKind::object)
      return add_members(list.elements.front(), path, "");
    const Tree* most = nullptr;
    double value = 0;
    for (const Tree& element : list.elements) {
      const Parsed<double> number = parse_number(element.text);
      if (element.kind != RawKind::number || !number) return;
      if (most == nullptr || *number > value) most = &element;
      value = std::max(*number, most == &element ? *number : value);
    }
    if (most != nullptr) record_.push_back({path + "[max]", most});
  }

  std::vector<Segment> segments_;
  const std::function<void(const Record&)>& take_;
  Record record_;
  std::deque<Tree> keys_;
};

}  // namespace

TreeResult tree_of_json(std::string_view text) {
  const std::string json = without_comments(text);
  try {
    const std::vector<read::TextRange> values = read::json_values(json);
    JsonReader reader(json);
    TreeResult result;
    if (values.size() == 1) {
      result.tree = reader.read(values.front(), 0);
    } else {
      result.tree.kind = RawKind::array;
      for (const read::TextRange value : values) result.tree.elements.push_back(reader.read(value, 0));
    }
    return result;
  } catch (const read::JsonMisread& fault) {
    return {{}, TreeFault{fault.offset, fmt::format("this is not JSON: {}", fault.what)}};
  }
}

TreeResult tree_of_card(std::string_view text) {
  constexpr std::string_view dashes = "---";
  const std::size_t first = text.find('\n');
  if (!text.starts_with(dashes) || first == std::string_view::npos)
    return {{}, TreeFault{0, "the card has no front matter: its first line is not ---"}};
  const std::size_t end = text.find("\n---", first);
  if (end == std::string_view::npos) return {{}, TreeFault{0, "the front matter does not end: there is no second ---"}};
  // The first line stays, as a comment, so that lines and offsets are the file's.
  std::string yaml(text.substr(0, end + 1));
  yaml.replace(0, dashes.size(), "# -");
  return tree_of_yaml(yaml);
}

void for_each_record(const Tree& tree, std::string_view path, const std::function<void(const Record&)>& take) {
  const std::vector<Segment> segments = segments_of(path);
  RecordFinder finder(segments, take);
  if (tree.kind != RawKind::array) return finder.walk(tree, 0, "");
  for (const Tree& element : tree.elements) finder.walk(element, 0, "");
}

}  // namespace greenml::source
