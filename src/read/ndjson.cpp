#include <algorithm>

#include "read/json_fault.hpp"
#include "read/json_walk.hpp"
#include "read/reader.hpp"

namespace greenml::read {

namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Reads lines one by one; the parser and the object are used again for each.
class LineReader {
 public:
  LineReader(const SourceText& text, RawSink& sink) : bytes_(text.bytes()), walk_(text.bytes().data()), sink_(sink) {}

  void read(std::size_t start, std::size_t end) {
    const std::string_view line = bytes_.substr(start, end - start);
    try {
      read_model(line, start);
    } catch (const NotJson& fault) {
      if (fault.too_deep) return sink_.problem(fault.offset, "nested more deeply than 64 levels", "");
      complain(line, start, "this is not JSON");
    } catch (const simdjson::simdjson_error& error) {
      complain(line, start, error.what());
    }
  }

 private:
  void read_model(std::string_view line, std::size_t start) {
    // What follows the line serves as padding: the next lines, or that of the whole text.
    ondemand::document document = parser_.iterate(line.data(), line.size(), line.size() + SourceText::padding).value();
    if (document.type().value() != ondemand::json_type::object) {
      complain(line, start, "a line holds one model, an object");
      return;
    }
    walk_.read_object(document.get_value(), 1, object_);
    const char* rest = nullptr;
    if (document.current_location().get(rest) == simdjson::SUCCESS)
      return sink_.problem(static_cast<std::size_t>(rest - bytes_.data()), "there is more text after the model",
                           "write one model a line");
    sink_.model(object_);
  }

  void complain(std::string_view line, std::size_t start, std::string_view otherwise) {
    const JsonFault found = find_json_fault(line, otherwise);
    sink_.problem(start + found.offset, found.message, found.hint);
  }

  std::string_view bytes_;
  JsonWalk walk_;
  RawSink& sink_;
  ondemand::parser parser_;
  RawObject object_;
};

}  // namespace

void read_ndjson(const SourceText& text, RawSink& sink) {
  const std::string_view bytes = text.bytes();
  LineReader reader(text, sink);
  bool empty = true;
  for (std::size_t start = bytes.starts_with(byte_order_mark) ? byte_order_mark.size() : 0; start < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', start), bytes.size());
    const std::size_t first = bytes.find_first_not_of(" \t\r", start);
    if (first < end) {
      empty = false;
      reader.read(first, end);
    }
    start = end + 1;
  }
  if (empty) sink.problem(0, "the file is empty", "expected one model a line");
}

}  // namespace greenml::read
