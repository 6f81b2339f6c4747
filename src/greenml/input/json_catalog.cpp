#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "input/formats.hpp"
#include "input/json/fault.hpp"
#include "input/json/structural_index.hpp"
#include "input/json/walk.hpp"
#include "input/second_thread.hpp"

namespace greenml::read {

namespace {

constexpr std::string_view expected = "expected an array of models, or an object with \"models\"";

/// How much of a window is likely to end behind a value and not in a string: up to a line break, which is never in one,
/// or a brace. A cut that turns out to be in a string costs time, and no more.
std::string_view without_beginnings(const Window& window) {
  const std::string_view bytes = window.bytes();
  if (window.is_last()) return bytes;
  const std::size_t line = bytes.rfind('\n');
  if (line != std::string_view::npos && line >= bytes.size() / 2) return bytes.substr(0, line + 1);
  std::size_t last = bytes.rfind('}');
  if (last == std::string_view::npos) last = bytes.find_last_of(" ,\t\r\n]");
  return last == std::string_view::npos ? std::string_view() : bytes.substr(0, last + 1);
}

/// Where in the middle of a text one model seems to end and the next to begin: at the brace behind a brace, blanks, a
/// comma and blanks. Nothing if there is no such place. It may be in a string all the same, or in a model.
std::size_t middle_of(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  for (std::size_t end = text.find('}', text.size() / 2); end != std::string_view::npos;
       end = text.find('}', end + 1)) {
    const std::size_t comma = text.find_first_not_of(blanks, end + 1);
    if (comma == std::string_view::npos || text[comma] != ',') continue;
    const std::size_t next = text.find_first_not_of(blanks, comma + 1);
    if (next != std::string_view::npos && text[next] == '{') return next;
  }
  return std::string_view::npos;
}

/// What may come where a document is at, and JSON that leads there, so that a fault can be looked for from there on.
enum class Next { document, model_or_end, model, comma_in_models, member_or_end, member, comma_in_top, nothing };
constexpr std::array<std::string_view, 8> leading = {"", "[", "[0, ", "[0 ", "{", "{\"\":0, ", "{\"\":0 ", "0 "};

/// Reads an array of models, or the rest of one.
class Models {
 public:
  explicit Models(RawSink& sink) : sink_(&sink) {}

  void put_into(RawSink& sink) { sink_ = &sink; }
  /// Reads up to behind the next model or comma. False at the end of the array, which is left to be read.
  bool read_next(JsonWalk& walk, Next& next) {
    if (walk.next() == ']' && next != Next::model) return false;
    if (next == Next::comma_in_models) {
      walk.skip(',');
      next = Next::model;
    } else {
      read_model(walk);
      next = Next::comma_in_models;
    }
    return true;
  }

 private:
  void read_model(JsonWalk& walk) {
    if (walk.next() == '{') {
      walk.read_object(2, object_);
      return sink_->model(object_);
    }
    const std::size_t offset = walk.offset();
    RawValue other;
    walk.forget_texts();
    walk.read_value(2, object_, other);
    sink_->problem(offset, "a model is an object, and this is " + std::string(phrase_for(other.kind)), "");
  }

  RawSink* sink_;
  RawObject object_;
};

/// The second half of a window, read by another thread as models whose predecessors are not known yet.
class LaterPart {
 public:
  /// Where the part was read to, if it is models as far as that.
  struct Result {
    bool is_good = false;
    std::size_t done = 0;
    Next next = Next::model;
  };

  Result read(std::string_view text, std::size_t start, RawSink& sink) {
    Result result = {.done = start};
    if (structure_.find(text) != simdjson::SUCCESS) return result;
    walk_.begin(text, start, structure_.positions());
    models_.put_into(sink);
    try {
      while (!walk_.at_end() && models_.read_next(walk_, result.next))
        result.done = walk_.at_end() ? start + text.size() : walk_.offset();
    } catch (const EndsTooEarly&) {
    } catch (const NotJson&) {
      return result;
    }
    result.is_good = true;
    return result;
  }

 private:
  struct NoSink final : RawSink {
    void model(const RawObject& /*object*/) override {}
    void defaults(const RawObject& /*object*/) override {}
    void header(const RawMember& /*member*/) override {}
    void problem(std::size_t /*offset*/, std::string_view /*message*/, std::string_view /*hint*/) override {}
  };

  NoSink no_sink_;
  Structure structure_;
  JsonWalk walk_;
  Models models_{no_sink_};
};

/// One document on its way to the sink, window by window. What was read to its end is left behind; a model or member
/// whose end is not at hand is begun anew with the next window.
class JsonDocument {
 public:
  JsonDocument(Window& window, RawSink& sink) : window_(window), sink_(sink), models_(sink) {}

  void read() {
    if (window_.bytes().starts_with(byte_order_mark)) done_ = byte_order_mark.size();
    window_.move_to(done_);
    for (;;) {
      const std::size_t before = done_;
      if (!read_window()) return;
      if (window_.is_last() && done_ == window_.text().end()) break;
      if (window_.is_last() && done_ == before) return complain("the text ends too early");
      if (!window_.move_to(done_)) return sink_.problem(done_, too_large, "");
    }
    if (next_ == Next::document)
      sink_.problem(done_, "the file is empty", expected);
    else if (next_ != Next::nothing)
      complain("the text ends too early");
  }

 private:
  /// Reads as many models and members as there are in the window. False, and a problem, where it is no JSON.
  bool read_window() {
    const std::string_view part = without_beginnings(window_);
    if (part.empty()) return true;
    const bool among_models = next_ == Next::model || next_ == Next::comma_in_models;
    const std::size_t middle = among_models && !window_.is_last() ? middle_of(part) : std::string_view::npos;
    if (middle == std::string_view::npos) return read_part(part);

    SourceText later_text(window_.text(), window_.start() + middle);
    RawSink* later_sink = sink_.begin_later_part(later_text);
    if (later_sink == nullptr) return read_part(part);
    Pending<LaterPart::Result> later =
        second_.begin([&] { return later_.read(part.substr(middle), later_text.counted_from(), *later_sink); });
    const std::size_t before = done_;
    const bool is_good = read_part(part.substr(0, middle));
    const LaterPart::Result result = later.get();
    const bool joins = is_good && result.is_good && next_ == Next::model && done_ == window_.start() + middle;
    sink_.end_later_part(joins);
    if (joins) {
      done_ = result.done;
      next_ = result.next;
    }
    // Where nothing was read, the middle was in a string, or in a model that is larger than half of the window.
    const bool made_no_progress = is_good && done_ == before;
    return made_no_progress ? read_part(part) : is_good;
  }

  bool read_part(std::string_view part) {
    bool is_sound = true;
    switch (structure_.find(part)) {
      case simdjson::SUCCESS:
        break;
      case simdjson::EMPTY:
        done_ = window_.start() + part.size();
        blanks_ += part.size();
        if (blanks_ > Window::most_size) sink_.problem(done_, too_blank, "");
        return blanks_ <= Window::most_size;
      case simdjson::UNCLOSED_STRING:
        if (!window_.is_last()) return true;
        [[fallthrough]];
      default:
        part = part.substr(0, structure_.find_up_to_fault(part));
        is_sound = false;
    }
    blanks_ = 0;
    walk_.begin(part, window_.start(), structure_.positions());
    try {
      while (!walk_.at_end()) {
        read_next();
        done_ = walk_.at_end() ? window_.start() + part.size() : walk_.offset();
      }
    } catch (const EndsTooEarly&) {
      // The rest comes with the next window, or there is none.
    } catch (const NotJson& fault) {
      if (fault.why == NotJson::Why::syntax)
        complain("this is not JSON", fault.offset);
      else
        sink_.problem(fault.offset, message_for(fault.why), "");
      return false;
    }
    if (!is_sound) complain("this is not JSON");
    return is_sound;
  }

  void read_next() {
    const char character = walk_.next();
    switch (next_) {
      case Next::document:
        if (character != '[' && character != '{') throw NotJson{NotJson::Why::syntax, walk_.offset()};
        walk_.skip();
        in_object_ = character == '{';
        next_ = in_object_ ? Next::member_or_end : Next::model_or_end;
        return;
      case Next::model_or_end:
      case Next::model:
      case Next::comma_in_models:
        if (models_.read_next(walk_, next_)) return;
        walk_.skip();
        next_ = in_object_ ? Next::comma_in_top : Next::nothing;
        return;
      case Next::member_or_end:
        if (character == '}') return end_top();
        return read_member();
      case Next::member:
        return read_member();
      case Next::comma_in_top:
        if (character == '}') return end_top();
        walk_.skip(',');
        next_ = Next::member;
        return;
      case Next::nothing:
        throw NotJson{NotJson::Why::syntax, walk_.offset()};
    }
  }

  void end_top() {
    if (!keys_.contains("models")) sink_.problem(walk_.offset(), expected, "");
    walk_.skip();
    next_ = Next::nothing;
  }

  void read_member() {
    walk_.forget_texts();
    RawMember member;
    member.key_offset = walk_.offset();
    const Key& key = walk_.read_first_key();
    member.key_number = key.number();
    member.key = key.text();
    const std::size_t offset = walk_.offset();
    const char first = walk_.next();
    if (member.key == "models" && first == '[') {
      walk_.skip();
      next_ = Next::model_or_end;
      return note_key(member);
    }
    if (member.key == "defaults" && first == '{') {
      walk_.read_object(2, object_);
      note_key(member);
      sink_.defaults(object_);
    } else {
      object_.clear();
      walk_.read_value(2, object_, member.value);
      note_key(member);
      if (member.key == "models")
        sink_.problem(offset, "\"models\" is an array of models", "");
      else if (member.key == "defaults")
        sink_.problem(offset, "\"defaults\" is an object", "");
      else
        sink_.header(member);
    }
    next_ = Next::comma_in_top;
  }

  void note_key(const RawMember& member) {
    if (!keys_.emplace(member.key).second) sink_.problem(member.key_offset, "the key is there twice", "");
  }

  /// Finds out where the text from here on is no JSON, and why; not behind `at_latest`.
  void complain(std::string_view otherwise, std::size_t at_latest = std::string_view::npos) {
    const std::string_view before = leading[static_cast<std::size_t>(next_)];
    const std::string_view rest = window_.bytes().substr(done_ - window_.start());
    const bool wrong_top = next_ == Next::document && at_latest != std::string_view::npos;
    const bool anywhere = wrong_top || at_latest == std::string_view::npos;
    const JsonFault found = find_json_fault(std::string(before).append(rest), wrong_top ? expected : otherwise,
                                            anywhere ? std::string_view::npos : at_latest - done_ + before.size());
    sink_.problem(done_ + found.offset - std::min(found.offset, before.size()), found.message, found.hint);
  }

  Window& window_;
  RawSink& sink_;
  Structure structure_;
  JsonWalk walk_;
  Models models_;
  LaterPart later_;
  SecondThread second_;
  RawObject object_;  // defaults
  Next next_ = Next::document;
  bool in_object_ = false;
  std::set<std::string, std::less<>> keys_;  // of the top-level object
  std::size_t done_ = 0;                     // the offset up to which all was read
  std::size_t blanks_ = 0;                   // of the last windows, which had nothing else
};

}  // namespace

void read_json(Window& window, RawSink& sink, const TableDialect& /*dialect*/) { JsonDocument(window, sink).read(); }

}  // namespace greenml::read
