#include "model_file/graph/inputs.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>

#include "model_file/malformed.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file::graph {

namespace {

bool is_whole(Type type) {
  const TypeRow* row = type_row(type);
  return row != nullptr && row->kind != TypeKind::floating && row->kind != TypeKind::other;
}

class Resolver {
 public:
  Resolver(const Model& model, const InspectOptions& options) : model_(model), options_(options) {
    const Graph& graph = model.graphs.front();
    std::set<Name> given;
    for (const std::uint32_t constant : graph.constants) given.insert(model.constants[constant].name);
    // What no node reads needs no size.
    const std::set<Name> read(model.values.begin(), model.values.end());
    for (const Input& input : graph.inputs)
      if (given.find(input.name) == given.end() && read.find(input.name) != read.end()) inputs_.push_back(&input);
  }

  ResolvedInputs resolve() {
    for (const NamedNumber& dimension : options_.dimensions)
      if (const Name symbol = model_.names.find(dimension.name); symbol != 0) sizes_[symbol] = dimension.number;
    for (const InputShape& stated : options_.shapes) take_shape(stated);
    for (const Input* input : inputs_) take_batch(*input);
    for (const Input* input : inputs_) settle(*input);
    if (!open_.empty()) refuse_open();
    return std::move(result_);
  }

 private:
  std::string dimension_text(const Dimension& dimension) const {
    if (dimension.size >= 0) return std::to_string(dimension.size);
    return dimension.symbol == 0 ? "?" : shown(model_.names[dimension.symbol]);
  }

  /// "input Nx3x224x224", "input_ids batch x sequence".
  std::string input_text(const Input& input) const {
    std::vector<std::string> dimensions;
    bool has_words = false;
    for (const Dimension& dimension : input.shape) {
      dimensions.push_back(dimension_text(dimension));
      has_words = has_words || (dimension.size < 0 && dimensions.back().size() > 1);
    }
    return fmt::format(
        "{} {}", shown(model_.names[input.name]),
        dimensions.empty() ? "scalar" : fmt::format("{}", fmt::join(dimensions, has_words ? " x " : "x")));
  }

  const std::vector<std::int64_t>* stated_shape(const Input& input) const {
    for (const InputShape& stated : options_.shapes)
      if (stated.input == model_.names[input.name]) return &stated.dimensions;
    return nullptr;
  }

  /// A shape that is said gives the sizes of its symbols to all other inputs.
  void take_shape(const InputShape& stated) {
    for (const Input* input : inputs_) {
      if (stated.input != model_.names[input->name]) continue;
      if (!input->is_tensor) throw Malformed{shown(stated.input) + " is no tensor, and has no shape"};
      if (!input->has_shape) continue;
      if (input->shape.size() != stated.dimensions.size())
        throw Malformed{fmt::format("--shape {}: {} where {} are needed: {}", stated.input,
                                    counted(stated.dimensions.size(), "dimension"), input->shape.size(),
                                    input_text(*input))};
      for (std::size_t axis = 0; axis < input->shape.size(); ++axis) {
        const Dimension& dimension = input->shape[axis];
        const std::int64_t size = stated.dimensions[axis];
        if (dimension.size >= 0 && dimension.size != size)
          throw Malformed{fmt::format("--shape {}: {} where the file has {}", stated.input, size, input_text(*input))};
        if (dimension.size >= 0 || dimension.symbol == 0) continue;
        const auto [known, is_new] = sizes_.emplace(dimension.symbol, size);
        if (!is_new && known->second != size)
          throw Malformed{
              fmt::format("{} is said to be {} and {}", shown(model_.names[dimension.symbol]), known->second, size)};
      }
    }
  }

  /// An open first dimension is the batch, and is 1.
  void take_batch(const Input& input) {
    if (!input.has_shape || input.shape.empty() || input.shape[0].size >= 0) return;
    const Dimension& batch = input.shape[0];
    const std::vector<std::int64_t>* stated = stated_shape(input);
    const auto said = batch.symbol == 0 ? sizes_.end() : sizes_.find(batch.symbol);
    const bool is_said = stated != nullptr || said != sizes_.end();
    if (!is_said) {
      if (batch.symbol != 0) sizes_[batch.symbol] = 1;
      result_.notes.push_back(fmt::format("{} of {} is taken as 1; {} says otherwise", dimension_text(batch),
                                          input_text(input), how_to_say(input, batch)));
      return;
    }
    const std::int64_t size = stated != nullptr ? stated->front() : said->second;
    // What has one dimension is mostly a signal, whose length is no batch.
    if (input.shape.size() > 1) result_.batch = std::max(result_.batch, static_cast<std::uint64_t>(size));
    if (size != 1 && noted_batch_.insert(batch.symbol).second)
      result_.notes.push_back(fmt::format("{} of {} is {}: FLOPs are of the whole pass", dimension_text(batch),
                                          input_text(input), grouped(static_cast<std::uint64_t>(size))));
  }

  /// "1x3xN": the sizes that are known, 1 for the batch, and letters to be replaced.
  std::string example_of(const Input& input) const {
    std::string text;
    for (std::size_t axis = 0; axis < input.shape.size(); ++axis) {
      const std::int64_t size = input.shape[axis].size;
      text += (axis == 0 ? "" : "x") + (size >= 0 ? std::to_string(size) : axis == 0 ? "1" : "N");
    }
    return text;
  }

  std::string how_to_say(const Input& input, const Dimension& dimension) const {
    const bool has_name = dimension.symbol != 0;
    return fmt::format("{}{} {}=...", options_.before_options, has_name ? "--dim" : "--shape",
                       shown(model_.names[has_name ? dimension.symbol : input.name]));
  }

  void settle(const Input& input) {
    if (!input.is_tensor) {
      result_.values[input.name] = unknown_value(Type::none, input.name);
      return;
    }
    const std::vector<std::int64_t>* stated = stated_shape(input);
    Shape shape;
    bool is_settled = true;
    if (input.has_shape) {
      for (std::size_t axis = 0; axis < input.shape.size(); ++axis) {
        const std::optional<std::int64_t> size = size_of(input, axis, stated);
        shape.push_back(size.value_or(0));
        is_settled = is_settled && size.has_value();
      }
    } else if (stated != nullptr) {
      shape = *stated;
    } else {
      open_.push_back({fmt::format("the shape of input {}", shown(model_.names[input.name])),
                       fmt::format("--shape {}=1x3x224x224", shown(model_.names[input.name]))});
      is_settled = false;
    }
    if (!is_settled) return;
    elements_of(shape);
    Value value = make_value(input.type, shape);
    value.source = input.name;
    take_value(input, value);
    describe(input, value);
    result_.values[input.name] = std::move(value);
  }

  std::optional<std::int64_t> size_of(const Input& input, std::size_t axis, const std::vector<std::int64_t>* stated) {
    const Dimension& dimension = input.shape[axis];
    if (dimension.size >= 0) return dimension.size;
    if (stated != nullptr) return (*stated)[axis];
    if (const auto found = sizes_.find(dimension.symbol); dimension.symbol != 0 && found != sizes_.end())
      return found->second;
    if (axis == 0) return 1;
    if (dimension.symbol == 0) {
      if (named_open_.insert(input.name).second)
        open_.push_back({fmt::format("a dimension of {}", input_text(input)),
                         fmt::format("--shape {}={}", shown(model_.names[input.name]), example_of(input))});
    } else if (named_open_.insert(dimension.symbol).second) {
      open_.push_back({fmt::format("{} in {}", dimension_text(dimension), input_text(input)),
                       fmt::format("--dim {}=128", dimension_text(dimension))});
    }
    return std::nullopt;
  }

  void take_value(const Input& input, Value& value) const {
    for (const NamedNumber& stated : options_.values) {
      if (stated.name != model_.names[input.name]) continue;
      if (!is_whole(input.type) || elements_of(*value.shape) != 1)
        throw Malformed{
            fmt::format("--value {}: {} is not one whole number or boolean", stated.name, input_text(input))};
      value = make_whole(input.type, *value.shape, {stated.number});
    }
  }

  void describe(const Input& input, const Value& value) {
    constexpr std::ptrdiff_t most_described = 4;
    if (input.is_state) return;
    ++described_;
    if (described_ > most_described + 1) return;
    result_.text += result_.text.empty() ? "" : ", ";
    if (described_ > most_described) {
      const auto all = std::count_if(inputs_.begin(), inputs_.end(), [](const Input* row) { return !row->is_state; });
      result_.text += fmt::format("{} more", all - most_described);
      return;
    }
    const std::string name = shown(model_.names[input.name]);
    if (value.contents)
      result_.text += fmt::format("{}={}", name, value.contents->whole.front());
    else
      result_.text += value.shape->empty() ? name : fmt::format("{} {}", name, shape_text(*value.shape));
  }

  [[noreturn]] void refuse_open() const {
    constexpr std::size_t most_named = 8;
    std::string what;
    std::string hint;
    for (std::size_t index = 0; index < std::min(open_.size(), most_named); ++index) {
      what += (index == 0 ? "" : "; ") + open_[index].what;
      hint += (index == 0 ? "" : " ") + open_[index].how;
    }
    if (open_.size() > most_named) what += fmt::format("; and {} more", open_.size() - most_named);
    throw Malformed{
        what + (open_.size() == 1 ? " is open" : " are open"),
        fmt::format("say {}, as in {}{}", open_.size() == 1 ? "it" : "them", options_.before_options, hint)};
  }

  struct Open {
    std::string what;
    std::string how;
  };

  const Model& model_;
  const InspectOptions& options_;
  std::vector<const Input*> inputs_;
  std::map<Name, std::int64_t> sizes_;  ///< of symbols
  std::vector<Open> open_;
  std::set<Name> named_open_;
  std::set<Name> noted_batch_;
  std::ptrdiff_t described_ = 0;
  ResolvedInputs result_;
};

}  // namespace

ResolvedInputs resolve_inputs(const Model& model, const InspectOptions& options) {
  return Resolver(model, options).resolve();
}

InspectNames names_of_inputs(const Model& model) {
  InspectNames names;
  std::set<std::string> symbols;
  for (const Input& input : model.graphs.front().inputs) {
    if (input.is_state) continue;
    names.inputs.emplace_back(model.names[input.name]);
    for (const Dimension& dimension : input.shape)
      if (dimension.symbol != 0) symbols.emplace(model.names[dimension.symbol]);
    if (is_whole(input.type)) names.scalars.emplace_back(model.names[input.name]);
  }
  names.dimensions.assign(symbols.begin(), symbols.end());
  return names;
}

}  // namespace greenml::model_file::graph
