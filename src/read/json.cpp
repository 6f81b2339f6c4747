#include <string>

#include "read/json_fault.hpp"
#include "read/json_walk.hpp"
#include "read/reader.hpp"

namespace greenml::read {

namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view expected = "expected an array of models, or an object with \"models\"";
constexpr std::string_view too_deep = "nested more deeply than 64 levels";

/// One document on its way to the sink.
class JsonDocument {
 public:
  JsonDocument(const SourceText& text, std::size_t skipped, RawSink& sink)
      : bytes_(text.bytes()), skipped_(skipped), walk_(text.bytes().data()), sink_(sink) {}

  void read() {
    const std::string_view json = bytes_.substr(skipped_);
    ondemand::parser parser;
    ondemand::document document = parser.iterate(json.data(), json.size(), json.size() + SourceText::padding).value();
    const ondemand::json_type type = document.type();
    if (type == ondemand::json_type::array) {
      read_models(document.get_array());
    } else if (type == ondemand::json_type::object) {
      read_top(document.get_object());
    } else {
      throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
    }
    const char* rest = nullptr;
    const bool more = document.current_location().get(rest) == simdjson::SUCCESS;
    if (more) throw NotJson{static_cast<std::size_t>(rest - bytes_.data()), false};
  }

 private:
  void read_models(ondemand::array models) {
    for (auto element : models) {
      ondemand::value value = checked(std::move(element));
      const std::size_t offset = walk_.offset_of(value);
      if (bytes_[offset] == '{') {
        walk_.read_object(value, 2, object_);
        sink_.model(object_);
      } else {
        const RawValue other = walk_.read_value(value, 2, object_, false);
        sink_.problem(offset, "a model is an object, and this is " + std::string(phrase_for(other.kind)), "");
      }
    }
  }

  void read_top(ondemand::object top) {
    bool has_models = false;
    walk_.begin_keys(1);
    for (auto next : top) {
      ondemand::field field = checked(std::move(next));
      const RawMember member = walk_.read_key(field);
      if (walk_.is_repeated(1, member.key)) sink_.problem(member.key_offset, "the key is there twice", "");
      has_models = has_models || member.key == "models";
      read_top_member(member, field.value());
    }
    if (!has_models) sink_.problem(skipped_, expected, "");
  }

  void read_top_member(RawMember member, ondemand::value value) {
    const std::size_t offset = walk_.offset_of(value);
    if (member.key == "models" && bytes_[offset] == '[') return read_models(value.get_array());
    if (member.key == "defaults" && bytes_[offset] == '{') {
      walk_.read_object(value, 2, object_);
      return sink_.defaults(object_);
    }
    object_.clear();
    member.value = walk_.read_value(value, 2, object_, false);
    if (member.key == "models")
      sink_.problem(offset, "\"models\" is an array of models", "");
    else if (member.key == "defaults")
      sink_.problem(offset, "\"defaults\" is an object", "");
    else
      sink_.header(member);
  }

  std::string_view bytes_;
  std::size_t skipped_;
  JsonWalk walk_;
  RawSink& sink_;
  RawObject object_;
};

}  // namespace

void read_json(const SourceText& text, RawSink& sink) {
  const std::string_view bytes = text.bytes();
  const std::size_t skipped = bytes.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  if (bytes.find_first_not_of(" \t\r\n", skipped) == std::string_view::npos)
    return sink.problem(0, "the file is empty", expected);

  try {
    JsonDocument(text, skipped, sink).read();
  } catch (const NotJson& fault) {
    if (fault.too_deep) return sink.problem(fault.offset, too_deep, "");
    const JsonFault found = find_json_fault(bytes.substr(skipped), "this is not JSON");
    sink.problem(skipped + found.offset, found.message, found.hint);
  } catch (const simdjson::simdjson_error& error) {
    const bool wrong_top = error.error() == simdjson::INCORRECT_TYPE;
    const JsonFault found = find_json_fault(bytes.substr(skipped), wrong_top ? expected : error.what());
    sink.problem(skipped + found.offset, found.message, found.hint);
  }
}

}  // namespace greenml::read
