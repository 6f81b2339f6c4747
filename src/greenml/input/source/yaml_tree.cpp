#include <algorithm>
#include <fmt/format.h>
#include <unordered_set>
#include <yaml-cpp/yaml.h>

#include "input/json/json_number.hpp"
#include "input/source/tree.hpp"

namespace greenml::source {

namespace {

using read::RawKind;

constexpr std::size_t most_bytes = 8 << 20;
constexpr std::size_t most_yaml_depth = 64;
constexpr std::size_t most_yaml_values = 200'000;  // with what aliases repeat

/// Thrown where the document is not to be read; does not leave this file.
struct Refused {
  std::size_t offset;
  std::string message;
};

class YamlReader {
 public:
  Tree read(const YAML::Node& node, std::size_t depth) {
    Tree tree;
    tree.offset = node.Mark().is_null() ? 0 : static_cast<std::size_t>(node.Mark().pos);
    if (depth > most_yaml_depth) throw Refused{tree.offset, "nested too deep"};
    if (++values_ > most_yaml_values) throw Refused{tree.offset, "too many values: do its aliases repeat each other?"};
    switch (node.Type()) {
      case YAML::NodeType::Map:
        read_members(node, depth, tree);
        break;
      case YAML::NodeType::Sequence:
        tree.kind = RawKind::array;
        for (const YAML::Node& element : node) tree.elements.push_back(read(element, depth + 1));
        break;
      case YAML::NodeType::Scalar:
        read_scalar(node, tree);
        break;
      case YAML::NodeType::Null:
      case YAML::NodeType::Undefined:
        break;
    }
    return tree;
  }

 private:
  void read_members(const YAML::Node& node, std::size_t depth, Tree& tree) {
    tree.kind = RawKind::object;
    std::unordered_set<std::string> keys;
    for (const auto& member : node) {
      if (!member.first.IsScalar()) throw Refused{tree.offset, "a key is no text"};
      const std::string& key = member.first.Scalar();
      if (!keys.insert(key).second) throw Refused{tree.offset, "a key is there twice"};
      tree.members.push_back({key, read(member.second, depth + 1)});
    }
  }

  static void read_scalar(const YAML::Node& node, Tree& tree) {
    tree.text = node.Scalar();
    const bool is_quoted = node.Tag() == "!";
    const std::string& text = tree.text;
    if (is_quoted)
      tree.kind = RawKind::text;
    else if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL")
      tree.kind = RawKind::null;
    else if (text == "true" || text == "false")
      tree.kind = RawKind::boolean;
    else
      tree.kind = read::read_json_number(text) ? RawKind::number : RawKind::text;
  }

  std::size_t values_ = 0;
};

}  // namespace

TreeResult tree_of_yaml(std::string_view text) {
  if (text.size() > most_bytes) return {{}, TreeFault{0, "a YAML file of more than 8 MB"}};
  try {
    return {YamlReader().read(YAML::Load(std::string(text)), 0), std::nullopt};
  } catch (const Refused& refused) {
    return {{}, TreeFault{refused.offset, refused.message}};
  } catch (const YAML::Exception& exception) {
    const std::size_t offset = exception.mark.is_null() ? 0 : static_cast<std::size_t>(exception.mark.pos);
    return {{}, TreeFault{std::min(offset, text.size()), "this is not YAML"}};
  }
}

}  // namespace greenml::source
