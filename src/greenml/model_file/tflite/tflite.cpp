#include "model_file/tflite/tflite.hpp"

#include <fmt/format.h>

#include "model_file/graph/inspection.hpp"
#include "model_file/malformed.hpp"
#include "model_file/message.hpp"
#include "model_file/shards.hpp"
#include "model_file/tflite/tflite_graph.hpp"

namespace greenml::model_file {

Parsed<Inspection> inspect_tflite(const File& file, const InspectOptions& options) {
  try {
    const graph::Model model = graph::read_tflite(file);
    Inspection inspection;
    inspection.format = "TFLite";
    inspection.name = without_suffix(file.name());
    inspection.source = file.name();
    inspection.size = file.size();
    graph::inspect_graph(model, options, inspection);
    if (model.entries > 1)
      inspection.notes.push_back(
          fmt::format("the file has {} subgraphs: params are of all, FLOPs of the first one", grouped(model.entries)));
    return inspection;
  } catch (const Malformed& malformed) {
    return file.complaint(malformed.what, malformed.hint);
  }
}

}  // namespace greenml::model_file
