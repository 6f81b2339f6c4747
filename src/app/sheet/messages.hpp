/// \file
/// What a run has to say to a person, as values in their order. How it looks is the business of whoever shows it.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "greenml/parsed.hpp"
#include "greenml/problem.hpp"

namespace greenml::cli {

/// The same complaint, about an option or a file: "--min: ...".
Complaint about(std::string_view what, const Complaint& complaint);

/// A message is a problem; one that is of no file has no place.
class Messages {
 public:
  /// What a person may want to know about a result that is right as it is.
  void note(std::string message);
  void warning(std::string message);
  void error(std::string message, std::string hint = "");
  void error(const Complaint& complaint) { error(complaint.message, complaint.hint); }
  void error(std::string_view what, const Complaint& complaint) { error(about(what, complaint)); }
  /// The first problems in full, and how many there are in all.
  void add(const Problems& problems);

  /// What was parsed; nothing, and an error, where that is a complaint.
  template <typename Value>
  std::optional<Value> value_of(Parsed<Value> parsed) {
    if (parsed) return *std::move(parsed);
    error(parsed.complaint());
    return std::nullopt;
  }
  /// Whether there is no complaint; an error where there is one.
  bool is_good(const std::optional<Complaint>& complaint) {
    if (complaint) error(*complaint);
    return !complaint;
  }

  const std::vector<Problem>& all() const { return all_; }
  /// The notes alone, each a complete sentence in one line, with its place where it has one.
  std::vector<std::string> notes() const;

 private:
  std::vector<Problem> all_;
};

}  // namespace greenml::cli
