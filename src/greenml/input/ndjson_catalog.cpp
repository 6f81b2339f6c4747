#include <algorithm>

#include "input/formats.hpp"
#include "input/json/blank.hpp"
#include "input/json/fault.hpp"
#include "input/json/plain_walk.hpp"
#include "input/json/structural_index.hpp"
#include "input/json/walk.hpp"
#include "input/shared_reading.hpp"

namespace greenml::read {

namespace {

/// Reads lines: in one pass where they are written plainly, by the structure of their bytes where they are not.
class Lines {
 public:
  /// Reads whole lines that begin at `start` in the file. Returns how many bytes of blank lines there are at their end.
  std::size_t read(std::string_view lines, std::size_t start, RawSink& sink) {
    plain_.put_into(sink);
    passed_ = {};
    std::size_t blanks = 0;
    for (std::size_t first = 0; first < lines.size();) {
      if (const std::size_t length = read_plain_line(lines.substr(first), start + first); length > 0) {
        blanks = 0;
        first += length;
        continue;
      }
      passed_ = {};
      const std::size_t end = std::min(lines.find('\n', first), lines.size());
      const std::string_view line = lines.substr(first, end - first);
      const bool is_blank = line.find_first_not_of(" \t\r") == std::string_view::npos;
      if (!is_blank) read_line(line, start + first, sink);
      blanks = is_blank ? blanks + line.size() + 1 : 0;
      first = end + 1;
    }
    return blanks;
  }

 private:
  /// Reads the first of several lines if it is a model that is written plainly, with nothing after it. Returns its
  /// length with its line break, else 0.
  std::size_t read_plain_line(std::string_view lines, std::size_t start) {
    if (lines.front() != '{') return 0;
    const char* const end = plain_.read(lines.data(), lines.data() + lines.size());
    if (end == nullptr || plain_.line_breaks() > 0) return 0;
    const auto length = static_cast<std::size_t>(end - lines.data());
    const std::size_t line_break = std::min(lines.find_first_not_of(" \t\r", length), lines.size());
    const bool is_alone = line_break == lines.size() || lines[line_break] == '\n';
    if (!is_alone || !plain_.hand_over(start, passed_)) return 0;
    passed_ = {start, 1};
    return line_break + 1;
  }

  void read_line(std::string_view line, std::size_t start, RawSink& sink) {
    try {
      if (structure_.find(line) != simdjson::SUCCESS) return complain(line, start, "this is not JSON", sink);
      walk_.begin(line, start, structure_.positions());
      read_model(line, start, sink);
    } catch (const EndsTooEarly&) {
      complain(line, start, "the text ends too early", sink);
    } catch (const NotJson& fault) {
      if (fault.why == NotJson::Why::syntax)
        complain(line, start, "this is not JSON", sink, fault.offset - start);
      else
        sink.problem(fault.offset, message_for(fault.why), "");
    }
  }

  void read_model(std::string_view line, std::size_t start, RawSink& sink) {
    const std::size_t end = start + line.size();
    if (walk_.next() != '{') return sink.problem(walk_.offset(), "a line holds one model, an object", "");
    walk_.read_object(1, object_);
    // A line that lacks its end may go on in the next, which is no model of one line.
    if (!walk_.at_end() && walk_.offset() < end)
      return sink.problem(walk_.offset(), "there is more text after the model", "write one model a line");
    if (walk_.last_offset() >= end) return complain(line, start, "the text ends too early", sink);
    sink.model(object_);
  }

  static void complain(std::string_view line, std::size_t start, std::string_view otherwise, RawSink& sink,
                       std::size_t not_behind = std::string_view::npos) {
    const JsonFault found = find_json_fault(line, otherwise, not_behind);
    sink.problem(start + found.offset, found.message, found.hint);
  }

  Structure structure_;
  JsonWalk walk_;
  PlainWalk plain_{walk_.keys()};
  PassedLines passed_;  // since the last line, if it was plain
  RawObject object_;
};

/// Reads a file window by window, and the two halves of a window at the same time.
class LineReader {
 public:
  LineReader(Window& window, Parts& parts) : window_(window), parts_(parts), sink_(parts.first()), shared_(window) {}

  void read() {
    std::size_t done = window_.bytes().starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    window_.move_to(done);
    for (;;) {
      const std::string_view bytes = window_.bytes();
      const std::size_t lines = window_.is_last() ? bytes.size() : bytes.rfind('\n') + 1;  // 0 if there is none
      read_window(bytes.substr(0, lines));
      done = window_.start() + lines;
      if (window_.is_last()) break;
      if (blanks_ > Window::most_size) return sink_.problem(done, too_blank, "");
      if (!window_.move_to(done)) return sink_.problem(done, too_large, "");
    }
    if (empty_) sink_.problem(done, "the file is empty", "expected one model a line");
  }

 private:
  void read_window(std::string_view lines) {
    const std::size_t middle = window_.is_last() ? lines.size() : lines.find('\n', shared_.first_of(lines.size())) + 1;
    SourceText later_text(window_.text(), window_.start() + middle);
    RawSink* later_sink = middle < lines.size() ? parts_.begin_later(later_text) : nullptr;
    if (later_sink == nullptr) {
      note_blanks(earlier_.read(lines, window_.start(), sink_), lines.size());
      return;
    }
    shared_.read(
        middle, [&] { return earlier_.read(lines.substr(0, middle), window_.start(), sink_); }, lines.size() - middle,
        [&] { return later_.read(lines.substr(middle), later_text.counted_from(), *later_sink); },
        [&](std::size_t blanks, std::size_t later_blanks) {
          note_blanks(blanks, middle);
          note_blanks(later_blanks, lines.size() - middle);
          parts_.end_later(true);
        });
  }

  void note_blanks(std::size_t blanks, std::size_t of) {
    const bool all = blanks >= of;
    blanks_ = all ? blanks_ + blanks : blanks;
    empty_ = empty_ && all;
  }

  Window& window_;
  Parts& parts_;
  RawSink& sink_;
  Lines earlier_;
  Lines later_;
  SharedReading shared_;
  bool empty_ = true;
  std::size_t blanks_ = 0;  // since the last model
};

}  // namespace

void read_ndjson(Window& window, Parts& parts, const TableDialect& /*dialect*/) { LineReader(window, parts).read(); }

}  // namespace greenml::read
