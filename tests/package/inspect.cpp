// Counts what a model file costs with the installed library: parameters, bytes and operations.
#include <greenml/inspect.hpp>
#include <iostream>

int main(int argument_count, char** arguments) {
  if (argument_count != 2) return 2;
  const greenml::Parsed<greenml::Inspection> inspection = greenml::inspect(arguments[1], {});
  if (!inspection) {
    std::cerr << inspection.complaint().message << '\n';
    return 2;
  }
  if (inspection->params) std::cout << *inspection->params << " parameters, ";
  std::cout << inspection->size << " bytes\n";
  if (inspection->macs)
    std::cout << 2 * *inspection->macs << " FLOPs\n";
  else
    std::cout << "no FLOPs: " << inspection->why_no_macs << '\n';
  return 0;
}
