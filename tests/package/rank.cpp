// Ranks two models with the installed library; prints "b a" and ends with 0 if all is well.
#include <greenml/catalog.hpp>
#include <greenml/ranking.hpp>
#include <iostream>

int main() {
  greenml::Input input = greenml::from_memory("models.json", R"([
    {"name": "a", "accuracy": 76.13, "flops": "4.09 GMAC"},
    {"name": "b", "accuracy": 71.88, "flops": "0.301 GMAC"}])");
  greenml::Problems problems;
  const greenml::Catalog catalog = greenml::read_catalogs({&input, 1}, problems);
  if (problems.errors() > 0) return 1;

  const std::vector<std::size_t> rows = {0, 1};
  const greenml::Ranking ranking = greenml::rank(catalog, rows, *greenml::find_metric("accuracy_per_gflop"));
  for (const greenml::Ranked& one : ranking.ranked) std::cout << catalog.name(one.row) << ' ';
  std::cout << '\n';
  return ranking.ranked.front().row == 1 ? 0 : 1;
}
