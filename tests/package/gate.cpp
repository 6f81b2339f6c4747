// Holds a model to a baseline with the installed library; prints what falls short and ends with 1 if anything does.
#include <cstddef>
#include <greenml/catalog.hpp>
#include <greenml/check.hpp>
#include <iostream>

int main() {
  greenml::Input before = greenml::from_memory("baseline.json", R"([{"name": "a", "accuracy": 81, "energy": "2 J"}])");
  greenml::Input now = greenml::from_memory("models.json", R"([{"name": "a", "accuracy": 80.9, "energy": "2.5 J"}])");
  greenml::Problems problems;
  const greenml::Catalog baseline = greenml::read_catalogs({&before, 1}, problems);
  const greenml::Catalog catalog = greenml::read_catalogs({&now, 1}, problems);
  if (problems.errors() > 0) return 2;

  greenml::Block block;
  block.name = "energy";
  block.drops.push_back(*greenml::parse_drop("energy=5%"));
  int status = 0;
  for (const greenml::Finding& finding : greenml::check(catalog, &baseline, {&block, 1}, {})) {
    if (finding.standing == greenml::Standing::holds) continue;
    std::cout << catalog.name(*finding.row) << ": " << finding.measure->name() << " is "
              << finding.measure->text(*finding.value) << ", at most " << finding.measure->text(*finding.limit) << '\n';
    status = finding.standing == greenml::Standing::cannot_judge ? 2 : 1;
  }
  return status;
}
