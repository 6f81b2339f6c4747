#include <algorithm>

#include "read/json_fault.hpp"
#include "read/json_walk.hpp"
#include "read/reader.hpp"
#include "read/structure.hpp"

namespace greenml::read {

namespace {

/// Reads lines window by window; the structure of all lines of a window is found at once, or of each by itself where
/// one of them spoils that of the others.
class LineReader {
 public:
  LineReader(Window& window, RawSink& sink) : window_(window), sink_(sink) {}

  void read() {
    std::size_t done = window_.bytes().starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    window_.move_to(done);
    for (;;) {
      const std::string_view bytes = window_.bytes();
      const std::size_t lines = window_.is_last() ? bytes.size() : bytes.rfind('\n') + 1;  // 0 if there is none
      read_lines(bytes.substr(0, lines));
      done = window_.start() + lines;
      if (window_.is_last()) break;
      if (blanks_ > Window::most_size) return sink_.problem(done, too_blank, "");
      if (!window_.move_to(done)) return sink_.problem(done, too_large, "");
    }
    if (empty_) sink_.problem(0, "the file is empty", "expected one model a line");
  }

 private:
  void read_lines(std::string_view lines) {
    const bool all_at_once = structure_.find(lines) == simdjson::SUCCESS;
    if (all_at_once) walk_.begin(lines, window_.start(), structure_.positions());
    for (std::size_t first = 0; first < lines.size();) {
      const std::size_t end = std::min(lines.find('\n', first), lines.size());
      const std::string_view line = lines.substr(first, end - first);
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
        empty_ = false;
        blanks_ = 0;
        read_line(line, window_.start() + first, all_at_once);
      }
      first = end + 1;
      blanks_ += line.size() + 1;
    }
  }

  void read_line(std::string_view line, std::size_t start, bool is_found) {
    const std::size_t end = start + line.size();
    try {
      if (!is_found) {
        if (structure_.find(line) != simdjson::SUCCESS) return complain(line, start, "this is not JSON");
        walk_.begin(line, start, structure_.positions());
      }
      walk_.skip_to(start);
      read_model(line, start);
    } catch (const EndsTooEarly&) {
      complain(line, start, "the text ends too early");
    } catch (const NotJson& fault) {
      if (fault.why == NotJson::Why::syntax)
        complain(line, start, "this is not JSON");
      else
        sink_.problem(fault.offset, message_for(fault.why), "");
    }
    walk_.skip_to(end);
  }

  void read_model(std::string_view line, std::size_t start) {
    const std::size_t end = start + line.size();
    if (walk_.next() != '{') return complain(line, start, "a line holds one model, an object");
    walk_.read_object(1, object_);
    // A line that lacks its end may go on in the next, which is no model of one line.
    if (!walk_.at_end() && walk_.offset() < end)
      return sink_.problem(walk_.offset(), "there is more text after the model", "write one model a line");
    if (walk_.last_offset() >= end) return complain(line, start, "the text ends too early");
    sink_.model(object_);
  }

  void complain(std::string_view line, std::size_t start, std::string_view otherwise) {
    const JsonFault found = find_json_fault(line, otherwise);
    sink_.problem(start + found.offset, found.message, found.hint);
  }

  Window& window_;
  RawSink& sink_;
  Structure structure_;
  JsonWalk walk_;
  RawObject object_;
  bool empty_ = true;
  std::size_t blanks_ = 0;  // since the last model
};

}  // namespace

void read_ndjson(Window& window, RawSink& sink) { LineReader(window, sink).read(); }

}  // namespace greenml::read
