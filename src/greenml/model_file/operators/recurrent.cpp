#include <array>
#include <fmt/format.h>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

/// X is (steps, batch, input), or (batch, steps, input) with layout 1.
struct Sequence {
  std::int64_t steps = 0;
  std::int64_t batch = 0;
};

Sequence sequence(const Call& call) {
  const Shape& from = call.shape(0);
  if (from.size() != 3) call.wrong("its input is " + shape_text(from) + ", not of three dimensions");
  if (call.integer("layout", 0) != 0) return {from[1], from[0]};
  return {from[0], from[1]};
}

void recurrent(Call& call) {
  const Sequence size = sequence(call);
  call.check_rank(1, 3);
  call.check_rank(2, 3);
  const std::int64_t directions = call.text("direction", "forward") == "bidirectional" ? 2 : 1;
  if (call.shape(1)[0] != directions || call.shape(2)[0] != directions)
    call.wrong(fmt::format("weights {} are not of {} direction(s)", shape_text(call.shape(1)), directions));
  const bool packed_columns = call.model.names[call.node.operator_name].starts_with("DynamicQuantize");
  const std::int64_t hidden = call.integer("hidden_size", packed_columns ? call.shape(2)[1] : call.shape(2)[2]);
  const std::int64_t inner = packed_columns ? call.shape(1)[1] : call.shape(1)[2];
  if (inner != call.shape(0)[2])
    call.wrong(fmt::format("input {} and weights {} do not fit", shape_text(call.shape(0)), shape_text(call.shape(1))));
  const Type type = call.input(0).type;
  if (call.integer("layout", 0) != 0) {
    call.give(0, type, {size.batch, size.steps, directions, hidden});
    for (std::size_t index = 1; index < 3; ++index) call.give(index, type, {size.batch, directions, hidden});
  } else {
    call.give(0, type, {size.steps, directions, size.batch, hidden});
    for (std::size_t index = 1; index < 3; ++index) call.give(index, type, {directions, size.batch, hidden});
  }
}

std::optional<std::uint64_t> recurrent_macs(const Call& call) {
  const Sequence size = sequence(call);
  const std::uint64_t weights = sum(call, elements_of(call.shape(1)), elements_of(call.shape(2)));
  return product(call,
                 std::array{static_cast<std::uint64_t>(size.steps), static_cast<std::uint64_t>(size.batch), weights});
}

constexpr std::string_view recurrent_words = "steps x batch x (elements of W + elements of R), all directions";

constexpr auto recurrent_rows = std::to_array<Operator>({
    {"", "LSTM", recurrent, recurrent_macs, "wwww-w", recurrent_words},
    {"", "GRU", recurrent, recurrent_macs, "wwww-w", recurrent_words},
    {"", "RNN", recurrent, recurrent_macs, "wwww-w", recurrent_words},
    {"com.microsoft", "DynamicQuantizeLSTM", recurrent, recurrent_macs, "wwww-wwwqqqq", recurrent_words},
});

}  // namespace

std::span<const Operator> recurrent_operators() { return recurrent_rows; }

}  // namespace greenml::model_file::graph
