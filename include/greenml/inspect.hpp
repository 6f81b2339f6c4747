/// \file
/// What a model file costs: parameters, multiply-accumulates and bytes, counted from the file itself. Reads ONNX,
/// safetensors, GGUF and TFLite. Only headers and graphs are read, never the weights, and nothing of a file is run.
///
/// A count is exact, or it is not given: what cannot be counted is said in `why_no_macs`, and there is no estimate in
/// its place. The one exception is marked `macs_estimated`: full attention as an upper bound for sliding windows.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/parsed.hpp"

namespace greenml {

/// The dimensions of one input: "input=1x3x224x224".
struct InputShape {
  std::string input;
  std::vector<std::int64_t> dimensions;
};

/// A number under a name: a symbolic dimension, or the value of a scalar input.
struct NamedNumber {
  std::string name;
  std::int64_t number = 0;
};

/// What the person says about a file that the file leaves open.
struct InspectOptions {
  std::vector<InputShape> shapes;
  std::vector<NamedNumber> dimensions;  ///< symbols, wherever they occur
  std::vector<NamedNumber> values;      ///< of scalar integer or boolean inputs that decide what runs
  std::int64_t tokens = 1;              ///< language models without a graph: tokens in one pass
  std::int64_t past = 0;                ///< ... after so many others
  bool layers = false;                  ///< whether `Inspection::layers` is wanted
  std::string before_options = {};      ///< before --dim and the like in notes: empty within `greenml inspect`
};

/// What the options can name in a graph: its inputs, the symbols of their dimensions, and the inputs of whole numbers.
struct InspectNames {
  std::vector<std::string> inputs;
  std::vector<std::string> dimensions;
  std::vector<std::string> scalars;
};

/// How much of a file is understood.
enum class InspectionStatus {
  exact,         ///< every operator that runs is known, and so are all sizes
  weights_only,  ///< there is no graph in the file, so that there are parameters and bytes but no operations
  partial,       ///< something is not understood: there are no operations, and a caller should refuse the file
};

/// One node of the graph, or one block of weights where there is no graph.
struct Layer {
  std::string name;           ///< of the node ("conv1"), or of the block ("blk.7")
  std::string kind;           ///< operator ("Conv"), or kind of tensor ("attn_q.weight")
  std::string output_shape;   ///< "1x64x112x112"; empty where it is not known
  std::string subgraph;       ///< the branch or body it stands in; empty in the main graph
  std::uint64_t trips = 1;    ///< how often its body runs
  std::uint64_t macs = 0;     ///< of all trips
  std::uint64_t params = 0;   ///< first used here
  std::uint64_t buffers = 0;  ///< mean and variance of normalisations, first used here
};

/// How many elements of one type the weights have, and how many bytes they take.
struct ElementType {
  std::string type;  ///< "float32", "int8", "Q4_K"
  std::uint64_t elements = 0;
  std::uint64_t bytes = 0;
};

struct Inspection {
  std::string format;        ///< "ONNX", "safetensors", "GGUF", "TFLite"
  std::string name;          ///< of the model: as the file says, or the file's name without folder and suffix
  std::string variant;       ///< GGUF only: its type of quantisation, "Q4_K_M"
  std::string architecture;  ///< "llama"; empty where the file does not say
  std::string source;        ///< the file's name without folders
  bool has_graph = false;    ///< nodes, rather than blocks of weights
  std::string input;         ///< "input 1x3x224x224"; of a language model without a graph "128 tokens after 512"
  InspectNames names;        ///< of a graph
  std::uint64_t batch = 1;   ///< how many inferences a pass of a graph is, where a person said so

  InspectionStatus status = InspectionStatus::exact;
  std::optional<std::uint64_t> params;         ///< elements of trained weights
  std::optional<std::uint64_t> active_params;  ///< used for one token of a mixture of experts
  std::uint64_t buffers = 0;                   ///< mean and variance of normalisations
  std::optional<std::uint64_t> macs;           ///< of the whole pass; a multiply-accumulate is two FLOPs
  bool macs_estimated = false;                 ///< an upper bound, not a count
  std::string why_no_macs;                     ///< where `macs` is missing
  std::uint64_t size = 0;                      ///< bytes of the file with its external data or all its shards

  std::vector<ElementType> types;  ///< most elements first
  std::vector<Layer> layers;       ///< in order of execution; their sums are the totals
  std::vector<std::string> notes;  ///< what a reader should know: "N of input Nx3x224x224 is taken as 1"
};

/// Inspects the model in `path`: a file, or a folder with one model. The complaint names the file, the format and what
/// is wrong where ("net.onnx: ends at byte 6,139 inside graph.node[41]"). A file that is not wholly understood is no
/// complaint: its status is `partial`, and `why_no_macs` names operator, node and how many.
Parsed<Inspection> inspect(const std::string& path, const InspectOptions& options);

/// Whether a path is a model file that `inspect` reads, or a folder with one, by its first bytes. Says nothing of the
/// rest.
bool is_model_file(const std::string& path);

/// An operator of graphs that is understood.
struct OperatorRow {
  std::string_view format;  ///< "ONNX", "TFLite"
  std::string_view domain;  ///< empty for the format's own
  std::string_view name;    ///< "Conv"
  std::string_view macs;    ///< how its multiply-accumulates are counted: "batch x M x N x K", or "0"
};

/// All operators that are understood, by format, domain and name. Any other makes a file partial.
std::vector<OperatorRow> list_operators();

/// A catalog with one model for each file. Quantities are counted, or estimated where the count is an upper bound.
Catalog catalog_of(std::span<const Inspection> inspections);

/// What is counted under a field, in words: "elements of all trained weights, each once". Empty for other fields.
std::string_view definition_of_count(FieldId field);

/// Adds what the files do not tell to all models of a catalog: labels, and quantities as a catalog spells them
/// ("accuracy" "76.13%"). The complaint says which cannot be read, or is counted already.
std::optional<Complaint> add_settings(Catalog& catalog, std::span<const LabelSetting> settings);

/// The text of a catalog, and what a reader should know of how it changed.
struct EditedText {
  std::string text;
  std::vector<std::string> notes;
};

/// Puts what was counted of a model into the text of a JSON catalog: its quantities replace those of the model of that
/// name, every other key, its order and its text stay, and a model that is not there is added at the end. The complaint
/// says where the text is not JSON, or that several models have the name.
Parsed<EditedText> put_into_catalog(std::string_view catalog, const Inspection& inspection,
                                    std::span<const LabelSetting> settings);

/// What the files leave open, each beginning with the file's name, and why a model has no FLOPs.
std::vector<std::string> inspection_notes(std::span<const Inspection> inspections);

}  // namespace greenml
