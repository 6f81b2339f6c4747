#include "input/json_models.hpp"

#include <algorithm>
#include <string>

#include "input/json/blank.hpp"

namespace greenml::read {

void JsonModels::put_into(RawSink& sink) {
  sink_ = &sink;
  plain_.put_into(sink);
}

bool JsonModels::read_next(Next& next) {
  if (walk_.next() == ']' && next != Next::model) return false;
  if (next == Next::comma_in_models) {
    walk_.skip(',');
    next = Next::model;
  } else {
    read_model();
    next = Next::comma_in_models;
  }
  return true;
}

void JsonModels::read_model() {
  if (walk_.next() == '{') {
    walk_.read_object(2, object_);
    return sink_->model(object_);
  }
  const std::size_t offset = walk_.offset();
  RawValue other;
  walk_.forget_texts();
  walk_.read_value(2, object_, other);
  sink_->problem(offset, "a model is an object, and this is " + std::string(phrase_for(other.kind)), "");
}

/// Reads the model that the text begins with in the general way. Returns its length, or 0 where it is no JSON or not
/// complete.
std::size_t JsonModels::read_by_itself(std::string_view text, std::size_t start) {
  // The text up to a brace is probably the model; where it is not, one twice as long is tried.
  for (std::size_t least = 1; least < text.size();) {
    const std::size_t brace = std::min(text.find('}', least), text.size() - 1);
    const std::string_view part = text.substr(0, brace + 1);
    least = 2 * part.size();
    if (structure_.find(part) != simdjson::SUCCESS) continue;
    walk_.begin(part, start, structure_.positions());
    try {
      walk_.read_object(2, object_);
      sink_->model(object_);
      return walk_.at_end() ? part.size() : walk_.offset() - start;
    } catch (const EndsTooEarly&) {
    } catch (const NotJson&) {
    }
  }
  return 0;
}

void JsonModels::read_each(std::string_view text, std::size_t start, JsonPlace& place) {
  // Where nothing is plain, finding the structure of all of the text at once takes less time.
  constexpr std::size_t most_in_a_row = 16;
  std::size_t in_a_row = 0;
  PassedLines passed;  // since the last model, if it was plain
  const auto is_among_models = [&] {
    return place.next == Next::model_or_end || place.next == Next::model || place.next == Next::comma_in_models;
  };
  while (is_among_models() && in_a_row < most_in_a_row) {
    std::size_t at = place.done - start;
    for (; at < text.size() && is_blank(text[at]); ++at) passed.line_breaks += text[at] == '\n' ? 1 : 0;
    if (at == text.size()) return;
    const bool is_comma = place.next == Next::comma_in_models;
    if (text[at] != (is_comma ? ',' : '{')) return;
    if (is_comma) {
      place = {.done = start + at + 1, .next = Next::model};
      continue;
    }
    const char* const brace = text.data() + at;
    const char* const end = plain_.read(brace, text.data() + text.size());
    const bool is_plain = end != nullptr && plain_.hand_over(start + at, passed);
    passed = is_plain ? PassedLines{start + at, plain_.line_breaks()} : PassedLines();
    const std::size_t length =
        is_plain ? static_cast<std::size_t>(end - brace) : read_by_itself(text.substr(at), start + at);
    if (length == 0) return;
    in_a_row = is_plain ? 0 : in_a_row + 1;
    place = {.done = start + at + length, .next = Next::comma_in_models};
  }
}

}  // namespace greenml::read
