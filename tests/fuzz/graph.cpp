/// \file
/// Fuzzes graphs beyond their formats: nodes of any known operator, with inputs, constants and attributes of any kind.
/// What no writer of a format would make must still end in a count, a gap or a complaint.

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/inspect.hpp"
#include "model_bytes.hpp"
#include "model_file/graph/inspection.hpp"
#include "model_file/malformed.hpp"
#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {
namespace {

// Names of attributes that rules ask for, and the texts that they may be.
constexpr std::string_view attribute_names[] = {"axis",
                                                "axes",
                                                "perm",
                                                "shape",
                                                "value",
                                                "kernel_shape",
                                                "strides",
                                                "dilations",
                                                "pads",
                                                "auto_pad",
                                                "group",
                                                "transA",
                                                "transB",
                                                "equation",
                                                "hidden_size",
                                                "direction",
                                                "layout",
                                                "num_heads",
                                                "q_num_heads",
                                                "kv_num_heads",
                                                "qkv_hidden_sizes",
                                                "K",
                                                "N",
                                                "bits",
                                                "to",
                                                "dtype",
                                                "keepdims",
                                                "noop_with_empty_axes",
                                                "starts",
                                                "ends",
                                                "split",
                                                "num_scan_inputs",
                                                "scan_input_axes",
                                                "scan_output_axes",
                                                "body",
                                                "then_branch",
                                                "else_branch",
                                                "blocksize",
                                                "output_shape",
                                                "output_padding",
                                                "ceil_mode",
                                                "scales",
                                                "k",
                                                "batch_dims",
                                                "start",
                                                "end",
                                                "channels_last",
                                                "padding",
                                                "stride_w",
                                                "stride_h",
                                                "dilation_w",
                                                "dilation_h",
                                                "filter_width",
                                                "filter_height",
                                                "adj_x",
                                                "adj_y",
                                                "keep_num_dims",
                                                "new_shape",
                                                "begin_mask",
                                                "end_mask",
                                                "ellipsis_mask",
                                                "new_axis_mask",
                                                "shrink_axis_mask",
                                                "fmod",
                                                "border",
                                                "scale",
                                                "pooled_shape",
                                                "coefficients",
                                                "onesided",
                                                "inverse",
                                                "allowzero",
                                                "broadcast",
                                                "block_size",
                                                "keep_dims",
                                                "squeeze_dims",
                                                "repeats",
                                                "n_targets",
                                                "targets",
                                                "gather_axis",
                                                "keep_aspect_ratio_policy"};
constexpr std::string_view texts[] = {"SAME_UPPER", "VALID",      "bidirectional", "ij,jk->ik",
                                      "...i,...i",  "not_larger", "none"};

class GraphMaker {
 public:
  explicit GraphMaker(Choices& choices) : choices_(choices) {}

  Model make() {
    const std::uint8_t mode = choices_.byte();
    if (mode % 3 == 2) model_.default_domain = "tflite";
    model_.opsets[0] = mode % 24 + 1;
    make_graph(0);
    return std::move(model_);
  }

 private:
  std::int64_t dimension() {
    const std::uint8_t size = choices_.byte();
    if (size < 250) return size % 9;
    return static_cast<std::int64_t>(choices_.number(5));
  }

  Shape shape() {
    Shape result(choices_.byte() % 5);
    for (std::int64_t& size : result) size = dimension();
    return result;
  }

  Name new_name() { return model_.names.add("v" + std::to_string(model_.names.size())); }

  std::uint32_t constant(Name name) {
    Constant constant;
    constant.name = name;
    constexpr Type types[] = {Type::int64, Type::float32, Type::int32, Type::uint8, Type::boolean};
    constant.type = types[choices_.byte() % 5];
    constant.shape = shape();
    constant.elements = checked_elements(constant.shape).value_or(0);
    if (!checked_elements(constant.shape)) constant.shape.clear(), constant.elements = 1;
    constant.data_bytes = constant.elements;
    if (constant.elements <= 8) {
      Contents contents;
      for (std::uint64_t index = 0; index < constant.elements; ++index) {
        const auto element = static_cast<std::int8_t>(choices_.byte());
        const bool is_large = element == 100;
        if (constant.type == Type::float32)
          contents.real.push_back(is_large ? 1e30 : element / 4.0);
        else
          contents.whole.push_back(is_large ? INT64_MAX : element == 101 ? INT64_MIN : element);
      }
      constant.contents = std::make_shared<const Contents>(std::move(contents));
    }
    model_.constants.push_back(std::move(constant));
    return static_cast<std::uint32_t>(model_.constants.size() - 1);
  }

  void attribute(unsigned depth, std::vector<Attribute>& attributes) {
    Attribute row;
    row.name = model_.names.add(attribute_names[choices_.byte() % std::size(attribute_names)]);
    std::vector<std::int64_t> numbers;
    switch (choices_.byte() % 7) {
      case 0:
        row.kind = AttributeKind::integer;
        numbers = {static_cast<std::int8_t>(choices_.byte())};
        break;
      case 1:
        row.kind = AttributeKind::integers;
        for (std::uint8_t count = choices_.byte() % 5; count > 0; --count)
          numbers.push_back(static_cast<std::int8_t>(choices_.byte()));
        break;
      case 2:
        row.kind = AttributeKind::text;
        numbers = {model_.names.add(texts[choices_.byte() % std::size(texts)])};
        break;
      case 3:
        row.kind = AttributeKind::tensor;
        numbers = {constant(0)};
        break;
      case 4:
        row.kind = AttributeKind::reals;
        numbers = {std::bit_cast<std::int64_t>(1.5), std::bit_cast<std::int64_t>(2.0)};
        break;
      case 5:
        row.kind = AttributeKind::integer;
        numbers = {static_cast<std::int64_t>(choices_.number(8))};
        break;
      default:
        if (depth >= 3) return;
        row.kind = AttributeKind::graph;
        numbers = {make_graph(depth + 1)};
    }
    row.begin = static_cast<std::uint32_t>(model_.numbers.size());
    row.kept = static_cast<std::uint32_t>(numbers.size());
    row.count = row.kept;
    model_.numbers.insert(model_.numbers.end(), numbers.begin(), numbers.end());
    attributes.push_back(row);
  }

  void node(unsigned depth, std::uint32_t graph, std::vector<Name>& known) {
    Node row;
    const std::uint64_t choice = choices_.number(2);
    constexpr std::string_view bodies[] = {"If", "Loop", "Scan"};
    if (choice % 5 == 0) {
      row.operator_name = model_.names.add(bodies[choice / 5 % 3]);
    } else {
      const auto rows = all_operators();
      const Operator& chosen = rows[choice % rows.size()];
      row.operator_name = model_.names.add(chosen.name);
      if (chosen.domain != model_.default_domain) row.domain = model_.names.add(chosen.domain);
    }
    std::vector<Attribute> attributes;
    for (std::uint8_t count = choices_.byte() % 5; count > 0; --count) attribute(depth, attributes);
    row.first_attribute = static_cast<std::uint32_t>(model_.attributes.size());
    row.attributes = static_cast<std::uint32_t>(attributes.size());
    model_.attributes.insert(model_.attributes.end(), attributes.begin(), attributes.end());
    const std::uint8_t counts = choices_.byte();
    row.inputs = counts % 8;
    row.outputs = counts / 8 % 4;
    row.first_input = static_cast<std::uint32_t>(model_.values.size());
    std::vector<Name> inputs;
    for (std::uint32_t index = 0; index < row.inputs; ++index) {
      const std::uint8_t which = choices_.byte();
      inputs.push_back(which == 255 || known.empty() ? 0 : known[which % known.size()]);
    }
    model_.values.insert(model_.values.end(), inputs.begin(), inputs.end());
    row.first_output = static_cast<std::uint32_t>(model_.values.size());
    for (std::uint32_t index = 0; index < row.outputs; ++index) {
      known.push_back(new_name());
      model_.values.push_back(known.back());
    }
    ++model_.nodes;
    model_.graphs[graph].nodes.push_back(row);
  }

  std::uint32_t make_graph(unsigned depth) {
    model_.graphs.emplace_back();
    const auto graph = static_cast<std::uint32_t>(model_.graphs.size() - 1);
    std::vector<Name> known = known_;
    const std::uint8_t counts = choices_.byte();
    for (unsigned index = 0; index < counts % 4U; ++index) {
      Input input;
      input.name = new_name();
      input.type = choices_.byte() % 2 == 0 ? Type::float32 : Type::int64;
      input.is_tensor = true;
      input.has_shape = true;
      for (const std::int64_t size : shape()) input.shape.push_back({size, 0});
      known.push_back(input.name);
      model_.graphs[graph].inputs.push_back(std::move(input));
    }
    for (unsigned index = 0; index < counts / 4U % 6U; ++index) {
      known.push_back(new_name());
      model_.graphs[graph].constants.push_back(constant(known.back()));
    }
    const std::vector<Name> outer = std::exchange(known_, known);
    for (std::uint8_t nodes = choices_.byte() % 6; nodes > 0; --nodes) {
      known_ = known;
      node(depth, graph, known);
    }
    known_ = outer;
    for (std::uint8_t outputs = choices_.byte() % 4; outputs > 0 && !known.empty(); --outputs)
      model_.graphs[graph].outputs.push_back(known[choices_.byte() % known.size()]);
    return graph;
  }

  Choices& choices_;
  Model model_;
  std::vector<Name> known_;  ///< of the graphs around
};

}  // namespace

/// Runs one graph.
static void run(std::span<const std::uint8_t> bytes) {
  Choices choices(bytes);
  const Model model = GraphMaker(choices).make();
  Inspection inspection;
  InspectOptions options;
  options.layers = true;
  try {
    inspect_graph(model, options, inspection);
  } catch (const Malformed& malformed) {
    return expect_sound(Complaint{malformed.what});
  }
  expect_sound(std::move(inspection));
}

}  // namespace greenml::model_file::graph

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  greenml::model_file::graph::run(std::span(bytes, size));
  return 0;
}
