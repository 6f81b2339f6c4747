#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "input/formats.hpp"
#include "input/json/fault.hpp"
#include "input/json/structural_index.hpp"
#include "input/json/walk.hpp"
#include "input/json_models.hpp"
#include "input/shared_reading.hpp"

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

/// Where in a text, behind about so many bytes, one model seems to end and the next to begin: at the brace behind a
/// brace, blanks, a comma and blanks. Nothing if there is no such place. It may be in a string all the same, or in a
/// model.
std::size_t middle_of(std::string_view text, std::size_t about) {
  constexpr std::string_view blanks = " \t\r\n";
  for (std::size_t end = text.find('}', about); end != std::string_view::npos; end = text.find('}', end + 1)) {
    const std::size_t comma = text.find_first_not_of(blanks, end + 1);
    if (comma == std::string_view::npos || text[comma] != ',') continue;
    const std::size_t next = text.find_first_not_of(blanks, comma + 1);
    if (next != std::string_view::npos && text[next] == '{') return next;
  }
  return std::string_view::npos;
}

/// JSON that leads to each place where a document may be at, so that a fault can be looked for from there on.
constexpr std::array<std::string_view, 8> leading = {"", "[", "[0, ", "[0 ", "{", "{\"\":0, ", "{\"\":0 ", "0 "};

/// The second half of a window, read by another thread as models whose predecessors are not known yet.
class LaterModels {
 public:
  /// Where the part was read to, if it is models as far as that.
  struct Result {
    bool is_good = false;
    JsonPlace place;
  };

  Result read(std::string_view text, std::size_t start, RawSink& sink) {
    models_.put_into(sink);
    Result result = {.is_good = false, .place = {.done = start, .next = Next::model}};
    models_.read_each(text, start, result.place);
    result.is_good = read_rest(text, start, result.place);
    return result;
  }

 private:
  struct NoSink final : RawSink {
    void model(const RawObject& /*object*/) override {}
    void defaults(const RawObject& /*object*/) override {}
    void header(const RawMember& /*member*/) override {}
    void problem(std::size_t /*offset*/, std::string_view /*message*/, std::string_view /*hint*/) override {}
  };

  /// Reads on with the structure of all that is left. Returns whether it is JSON.
  bool read_rest(std::string_view text, std::size_t start, JsonPlace& place) {
    const std::string_view rest = text.substr(place.done - start);
    const simdjson::error_code found = structure_.find(rest);
    if (found == simdjson::EMPTY) place.done = start + text.size();
    if (found != simdjson::SUCCESS) return found == simdjson::EMPTY;
    JsonWalk& walk = models_.walk();
    walk.begin(rest, place.done, structure_.positions());
    try {
      while (!walk.at_end() && models_.read_next(place.next))
        place.done = walk.at_end() ? start + text.size() : walk.offset();
    } catch (const EndsTooEarly&) {
    } catch (const NotJson&) {
      return false;
    }
    return true;
  }

  NoSink no_sink_;
  Structure structure_;
  JsonModels models_{no_sink_};
};

/// One document on its way to the sink, window by window. What was read to its end is left behind; a model or member
/// whose end is not at hand is begun anew with the next window.
class JsonDocument {
 public:
  JsonDocument(Window& window, Parts& parts)
      : window_(window), parts_(parts), sink_(parts.first()), models_(sink_), shared_(window) {}

  void read() {
    if (window_.bytes().starts_with(byte_order_mark)) place_.done = byte_order_mark.size();
    window_.move_to(place_.done);
    for (;;) {
      const std::size_t before = place_.done;
      if (!read_window()) return;
      if (window_.is_last() && place_.done == window_.text().end()) break;
      if (window_.is_last() && place_.done == before) return complain("the text ends too early");
      if (!window_.move_to(place_.done)) return sink_.problem(place_.done, too_large, "");
    }
    if (place_.next == Next::document)
      sink_.problem(place_.done, "the file is empty", expected);
    else if (place_.next != Next::nothing)
      complain("the text ends too early");
  }

 private:
  /// Reads as many models and members as there are in the window. False, and a problem, where it is no JSON.
  bool read_window() {
    const std::string_view part = without_beginnings(window_);
    if (part.empty()) return true;
    const bool among_models = place_.next == Next::model || place_.next == Next::comma_in_models;
    const std::size_t middle =
        among_models && !window_.is_last() ? middle_of(part, shared_.first_of(part.size())) : std::string_view::npos;
    if (middle == std::string_view::npos) return read_part(part);

    SourceText later_text(window_.text(), window_.start() + middle);
    RawSink* later_sink = parts_.begin_later(later_text);
    if (later_sink == nullptr) return read_part(part);
    const std::size_t before = place_.done;
    bool is_good = false;
    shared_.read(
        middle, [&] { return read_part(part.substr(0, middle)); }, part.size() - middle,
        [&] { return later_.read(part.substr(middle), later_text.counted_from(), *later_sink); },
        [&](bool first_is_good, const LaterModels::Result& later) {
          const bool joins =
              first_is_good && later.is_good && place_.next == Next::model && place_.done == window_.start() + middle;
          parts_.end_later(joins);
          if (joins) place_ = later.place;
          is_good = first_is_good;
        });
    // Where nothing was read, the middle was in a string, or in a model that is larger than half of the window.
    const bool made_no_progress = is_good && place_.done == before;
    return made_no_progress ? read_part(part) : is_good;
  }

  /// Reads a part of the window that begins where the document is at.
  bool read_part(std::string_view part) {
    const std::size_t before = place_.done;
    models_.read_each(part, before, place_);
    part.remove_prefix(place_.done - before);
    if (place_.done > before) blanks_ = 0;
    const std::size_t start = place_.done;
    bool is_sound = true;
    switch (structure_.find(part)) {
      case simdjson::SUCCESS:
        break;
      case simdjson::EMPTY:
        place_.done = start + part.size();
        blanks_ += part.size();
        if (blanks_ > Window::most_size) sink_.problem(place_.done, too_blank, "");
        return blanks_ <= Window::most_size;
      case simdjson::UNCLOSED_STRING:
        if (!window_.is_last()) return true;
        [[fallthrough]];
      default:
        part = part.substr(0, structure_.find_up_to_fault(part));
        is_sound = false;
    }
    blanks_ = 0;
    walk_.begin(part, start, structure_.positions());
    try {
      while (!walk_.at_end()) {
        read_next();
        place_.done = walk_.at_end() ? start + part.size() : walk_.offset();
        // The first time only: a document with many arrays of models would be looked through from each of them on.
        const bool models_begin = place_.next == Next::model_or_end && !std::exchange(has_met_models_, true);
        if (models_begin) return read_part(part.substr(place_.done - start));
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
    switch (place_.next) {
      case Next::document:
        if (character != '[' && character != '{') throw NotJson{NotJson::Why::syntax, walk_.offset()};
        walk_.skip();
        in_object_ = character == '{';
        place_.next = in_object_ ? Next::member_or_end : Next::model_or_end;
        return;
      case Next::model_or_end:
      case Next::model:
      case Next::comma_in_models:
        if (models_.read_next(place_.next)) return;
        walk_.skip();
        place_.next = in_object_ ? Next::comma_in_top : Next::nothing;
        return;
      case Next::member_or_end:
        if (character == '}') return end_top();
        return read_member();
      case Next::member:
        return read_member();
      case Next::comma_in_top:
        if (character == '}') return end_top();
        walk_.skip(',');
        place_.next = Next::member;
        return;
      case Next::nothing:
        throw NotJson{NotJson::Why::syntax, walk_.offset()};
    }
  }

  void end_top() {
    if (!keys_.contains("models")) sink_.problem(walk_.offset(), expected, "");
    walk_.skip();
    place_.next = Next::nothing;
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
      place_.next = Next::model_or_end;
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
    place_.next = Next::comma_in_top;
  }

  void note_key(const RawMember& member) {
    if (!keys_.emplace(member.key).second) sink_.problem(member.key_offset, "the key is there twice", "");
  }

  /// Finds out where the text from here on is no JSON, and why; not behind `at_latest`.
  void complain(std::string_view otherwise, std::size_t at_latest = std::string_view::npos) {
    const std::string_view before = leading[static_cast<std::size_t>(place_.next)];
    const std::string_view rest = window_.bytes().substr(place_.done - window_.start());
    const bool wrong_top = place_.next == Next::document && at_latest != std::string_view::npos;
    const bool anywhere = wrong_top || at_latest == std::string_view::npos;
    const JsonFault found =
        find_json_fault(std::string(before).append(rest), wrong_top ? expected : otherwise,
                        anywhere ? std::string_view::npos : at_latest - place_.done + before.size());
    sink_.problem(place_.done + found.offset - std::min(found.offset, before.size()), found.message, found.hint);
  }

  Window& window_;
  Parts& parts_;
  RawSink& sink_;
  Structure structure_;
  JsonModels models_;
  JsonWalk& walk_ = models_.walk();
  LaterModels later_;
  SharedReading shared_;
  RawObject object_;  // defaults
  bool in_object_ = false;
  bool has_met_models_ = false;
  std::set<std::string, std::less<>> keys_;  // of the top-level object
  JsonPlace place_;
  std::size_t blanks_ = 0;  // of the last windows, which had nothing else
};

}  // namespace

void read_json(Window& window, Parts& parts, const TableDialect& /*dialect*/) { JsonDocument(window, parts).read(); }

}  // namespace greenml::read
