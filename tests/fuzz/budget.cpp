/// \file
/// Fuzzes the reader of budgets. A budget without errors has something to check, and a budget with errors says where.

#include "greenml/budget.hpp"

#include <cstdint>

#include "expect.hpp"

using namespace greenml;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  Problems problems;
  const Budget budget = read_budget("budget.json", bytes, problems);
  GREENML_EXPECT(problems.errors() > 0 || !budget.blocks.empty());
  GREENML_EXPECT(problems.kept().size() <= Problems::kept_in_full);
  for (const Problem& problem : problems.kept()) {
    GREENML_EXPECT(problem.place.file == "budget.json" && !problem.message.empty());
    GREENML_EXPECT(problem.place.caret <= problem.place.excerpt.size());
  }
  return 0;
}
