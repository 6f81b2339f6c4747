/// \file
/// What a command comes to: what it has to say, what is to be written and where, and how it ended. Nothing of it has
/// been shown or written yet.

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "sheet/messages.hpp"
#include "sheet/outcome.hpp"
#include "sheet/sheet.hpp"
#include "sheet/writer.hpp"

namespace greenml::cli {

/// A text that is made while it is written: it may be as large as a catalog.
using Text = std::function<void(render::Writer& out)>;

struct FormattedSheet {
  render::Sheet sheet;
  const render::Format* format;
  render::Style style = {};
};

/// What a result does to a file that is there.
enum class Writes {
  anew,        ///< replaces it, unless this run reads it
  over_input,  ///< replaces it, which this run has read whole
  at_end,      ///< leaves what is in it, which others wrote
};

struct Result {
  std::variant<FormattedSheet, Text> content;
  std::string file = {};  ///< empty or "-": standard output
  Writes writes = Writes::anew;
  std::size_t messages_before = 0;  ///< how many messages are said before this is written
};

struct Report {
  Messages messages;
  std::vector<Result> results;
  /// Whether all results are written although one could not be; else nothing is written or said after that one.
  bool goes_on = false;
  Outcome outcome = Outcome::cannot;  ///< until there is a result
  /// What the columns of the sheets look up, so that a report may outlive the call of its command.
  std::vector<std::shared_ptr<const void>> kept;

  /// Adds a result, with which the command has done its work. What is said from here on is said after it.
  void add(Result result) {
    result.messages_before = messages.all().size();
    results.push_back(std::move(result));
    outcome = Outcome::done;
  }
  void add_text(std::string text, std::string file = "", Writes writes = Writes::anew) {
    add({[text = std::move(text)](render::Writer& out) { out << text; }, std::move(file), writes});
  }

  /// Makes a value that stays where it is for as long as the report.
  template <typename Value, typename... Arguments>
  Value& keep(Arguments&&... arguments) {
    auto made = std::make_shared<Value>(std::forward<Arguments>(arguments)...);
    kept.push_back(made);
    return *made;
  }
};

/// A text, or why there is none.
inline Report report_of(Parsed<std::string> text, std::string file = "") {
  Report report;
  if (std::optional<std::string> found = report.messages.value_of(std::move(text)))
    report.add_text(*std::move(found), std::move(file));
  return report;
}

}  // namespace greenml::cli
