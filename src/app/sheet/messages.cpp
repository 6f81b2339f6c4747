#include "sheet/messages.hpp"

#include <fmt/format.h>

#include "greenml/quantity.hpp"

namespace greenml::cli {

namespace {

/// "models.json:3: ResNet-50: energy: is stated twice (leave one out)"
std::string sentence_of(const Problem& problem) {
  std::string text = problem.place.file;
  if (problem.place.line > 0) text += fmt::format(":{}", problem.place.line);
  if (problem.place.column > 0) text += fmt::format(":{}", problem.place.column);
  for (const std::string* part : {&problem.model, &problem.key, &problem.message})
    if (!part->empty()) text += (text.empty() ? "" : ": ") + *part;
  return problem.hint.empty() ? text : fmt::format("{} ({})", text, problem.hint);
}

}  // namespace

Complaint about(std::string_view what, const Complaint& complaint) {
  return {fmt::format("{}: {}", what, complaint.message), complaint.hint};
}

void Messages::note(std::string message) {
  all_.push_back({.severity = Severity::note, .message = std::move(message)});
}

void Messages::warning(std::string message) {
  all_.push_back({.severity = Severity::warning, .message = std::move(message)});
}

void Messages::error(std::string message, std::string hint) {
  all_.push_back({.message = std::move(message), .hint = std::move(hint)});
}

void Messages::add(const Problems& problems) {
  for (const Problem& problem : problems.warnings()) all_.push_back(problem);
  for (const Problem& problem : problems.kept()) all_.push_back(problem);
  if (problems.errors() > problems.kept().size())
    error(fmt::format("{} errors, of which the first {} are shown", thousands(problems.errors()),
                      problems.kept().size()));
}

std::vector<std::string> Messages::notes() const {
  std::vector<std::string> notes;
  for (const Problem& message : all_)
    if (message.severity == Severity::note) notes.push_back(sentence_of(message));
  return notes;
}

}  // namespace greenml::cli
