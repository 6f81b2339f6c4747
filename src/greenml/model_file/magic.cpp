#include "model_file/magic.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <fmt/format.h>

#include "model_file/message.hpp"
#include "model_file/protobuf_shape.hpp"

namespace greenml::model_file {

namespace {

using namespace std::string_view_literals;

std::string_view text_of(FirstBytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::string_view without_blanks(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

/// Whether one of four bytes is no character of a text. A table can begin with "GGUF,size", or with "RESNET18,69.7".
bool has_binary(FirstBytes bytes, std::size_t from) {
  if (bytes.size() < from + 4) return true;
  const FirstBytes four = bytes.subspan(from, 4);
  return std::any_of(four.begin(), four.end(), [](std::byte b) { return b < std::byte{' '} || b > std::byte{'~'}; });
}

bool has_binary_start(FirstBytes bytes) { return has_binary(bytes, 0); }
bool has_binary_version(FirstBytes bytes) { return has_binary(bytes, 4); }

/// Whether the text begins with `word` in small or capital letters. `word` is in small ones.
bool begins_with(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(), [](char small, char given) {
           return small == (given >= 'A' && given <= 'Z' ? static_cast<char>(given - 'A' + 'a') : given);
         });
}

bool is_html(FirstBytes bytes) {
  const std::string_view text = without_blanks(text_of(bytes));
  if (begins_with(text, "<?xml")) return text.find("<html") != std::string_view::npos;
  return begins_with(text, "<!doctype") || begins_with(text, "<html") || begins_with(text, "<head") ||
         begins_with(text, "<body") || begins_with(text, "<!--");
}

bool is_svg(FirstBytes bytes) {
  const std::string_view text = without_blanks(text_of(bytes));
  return begins_with(text, "<svg") || (begins_with(text, "<?xml") && text.find("<svg") != std::string_view::npos);
}

bool is_xml(FirstBytes bytes) {
  const std::string_view text = without_blanks(text_of(bytes));
  return begins_with(text, "<?xml") || begins_with(text, "<error");
}

bool is_openvino(FirstBytes bytes) {
  const std::string_view text = without_blanks(text_of(bytes));
  return (begins_with(text, "<?xml") && text.find("<net ") != std::string_view::npos) || text.starts_with("<net name=");
}

bool is_json(FirstBytes bytes) {
  const std::string_view text = without_blanks(text_of(bytes));
  return text.starts_with('{') || text.starts_with('[');
}

/// Whether one of the archive's first entries is named so. Looks for the headers that stand before the entries.
template <typename Accepts>
bool has_zip_entry(FirstBytes bytes, Accepts accepts) {
  const std::string_view text = text_of(bytes);
  constexpr std::size_t header_size = 30;
  for (std::size_t at = 0; (at = text.find("PK\3\4"sv, at)) != std::string_view::npos; at += 4) {
    if (text.size() - at < header_size) return false;
    const auto length = static_cast<std::size_t>(static_cast<unsigned char>(text[at + 26])) |
                        static_cast<std::size_t>(static_cast<unsigned char>(text[at + 27])) << 8U;
    // Files that are made by hand for a test state no length.
    if (accepts(length == 0 ? text.substr(at + header_size, 64) : text.substr(at + header_size, length))) return true;
  }
  return false;
}

bool is_torch_zip(FirstBytes bytes) {
  return has_zip_entry(bytes, [](std::string_view name) {
    return name.ends_with("data.pkl") || name.ends_with("constants.pkl") || name.ends_with(".data/serialization_id");
  });
}

bool is_excel_zip(FirstBytes bytes) {
  return has_zip_entry(bytes, [](std::string_view name) { return name.starts_with("xl/"); });
}

bool is_office_zip(FirstBytes bytes) {
  return has_zip_entry(bytes, [](std::string_view name) { return name == "[Content_Types].xml"; });
}

bool is_open_document_zip(FirstBytes bytes) {
  return has_zip_entry(bytes, [](std::string_view name) { return name == "mimetype"; });
}

bool is_keras_zip(FirstBytes bytes) {
  return has_zip_entry(bytes, [](std::string_view name) {
    return name == "config.json" || name == "model.weights.h5" || name == "metadata.json";
  });
}

bool is_numpy_zip(FirstBytes bytes) {
  return has_zip_entry(bytes, [](std::string_view name) { return name.ends_with(".npy"); });
}

bool is_zip(FirstBytes bytes) {
  const std::string_view text = text_of(bytes);
  return text.starts_with("PK\3\4"sv) || text.starts_with("PK\5\6"sv) || text.starts_with("PK\7\x08"sv);
}

bool is_pickle(FirstBytes bytes) {
  if (bytes.size() < 2 || bytes[0] != std::byte{0x80}) return false;
  return bytes[1] >= std::byte{2} && bytes[1] <= std::byte{5};
}

bool is_safetensors(FirstBytes bytes, bool plausible_length) {
  if (bytes.size() < 9 || bytes[8] != std::byte{'{'}) return false;
  const bool short_header =
      std::all_of(bytes.begin() + 4, bytes.begin() + 8, [](std::byte b) { return b == std::byte{}; });
  return short_header == plausible_length;
}

bool is_sound_safetensors(FirstBytes bytes) { return is_safetensors(bytes, true); }

/// The length before the header is a lie. Text has no such bytes.
bool is_lying_safetensors(FirstBytes bytes) {
  return is_safetensors(bytes, false) && std::any_of(bytes.begin(), bytes.begin() + 8, [](std::byte b) {
           return b < std::byte{' '} || b > std::byte{'~'};
         });
}

constexpr std::string_view to_onnx =
    "export it to ONNX with torch.onnx.export, or save its weights with safetensors' save_file";
constexpr std::string_view from_keras = "convert it to ONNX with tf2onnx, or to TFLite with the TFLite converter";
constexpr std::string_view from_source = "inspect the ONNX model that it is made from";
constexpr std::string_view old_ggml = "this is an old ggml file, from before GGUF";
constexpr std::string_view to_gguf = "convert it to GGUF with convert_hf_to_gguf.py of llama.cpp";
constexpr std::string_view how_to_unpack = "unpack it and give the file inside";
constexpr std::string_view save_as_csv = "save it as CSV or JSON";

constexpr Content foreign = Content::foreign;

/// The more specific row stands first.
constexpr auto table = std::to_array<Magic>({
    // The length of a header can look like any other format's magic: 640 bytes begin as a pickle does.
    {"safetensors", Content::safetensors, "this is a safetensors file", "", 0, "", is_sound_safetensors},
    {"git-lfs pointer", foreign, "this is a git-lfs pointer, not the model", "run git lfs pull", 0,
     "version https://git-lfs.github.com/spec/"},
    {"GGUF", Content::gguf, "this is a GGUF model", "", 0, "GGUF", has_binary_version},
    {"TFLite", Content::tflite, "this is a TFLite model", "", 4, "TFL3", has_binary_start},
    {"ORT", foreign, "this is an ORT model, the format of ONNX Runtime", from_source, 4, "ORTM", has_binary_start},
    {"ExecuTorch", foreign, "this is an ExecuTorch program", "export the model to ONNX with torch.onnx.export", 4,
     "ET1", has_binary_start},
    {"TensorRT", foreign, "this is a TensorRT engine, built for one kind of GPU", from_source, 0, "ftrt"},
    {"TensorRT", foreign, "this is a TensorRT engine, built for one kind of GPU", from_source, 0, "ptrt"},
    {"ggml", foreign, old_ggml, to_gguf, 0, "lmgg"},
    {"ggml", foreign, old_ggml, to_gguf, 0, "fmgg"},
    {"ggml", foreign, old_ggml, to_gguf, 0, "tjgg"},
    {"ggml", foreign, old_ggml, to_gguf, 0, "algg"},
    {"RKNN", foreign, "this is an RKNN model, compiled for one kind of chip", from_source, 0, "RKNN",
     has_binary_version},
    {"HDF5", foreign, "this is an HDF5 file, such as Keras saves", from_keras, 0, "\x89HDF\r\n\x1a\n"},
    {"PyTorch", foreign, "this is a PyTorch checkpoint: it holds weights, no graph, and loading it can run code",
     to_onnx, 0, "\x80\x02\x8a\x0al\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"},
    {"PyTorch", foreign, "this is a PyTorch checkpoint: it holds weights, no graph, and loading it can run code",
     to_onnx, 0, "PK\3\4", is_torch_zip},
    {"Excel", foreign, "this is an Excel workbook", save_as_csv, 0, "PK\3\4", is_excel_zip},
    {"Office", foreign, "this is an Office document", save_as_csv, 0, "PK\3\4", is_office_zip},
    {"Excel", foreign, "this is an old Excel workbook or another Office document", save_as_csv, 0,
     "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
    {"OpenDocument", foreign, "this is an OpenDocument file", save_as_csv, 0, "PK\3\4", is_open_document_zip},
    {"Keras", foreign, "this is a Keras 3 model", from_keras, 0, "PK\3\4", is_keras_zip},
    {"numpy", foreign, "this is an archive of numpy arrays, without a graph", to_onnx, 0, "PK\3\4", is_numpy_zip},
    {"zip", foreign, "this is a zip archive", how_to_unpack, 0, "PK", is_zip},
    {"numpy", foreign, "this is a numpy array, without a graph", to_onnx, 0, "\x93NUMPY"},
    {"pickle", foreign, "this is a pickle, and loading it can run code", to_onnx, 0, "", is_pickle},
    {"gzip", foreign, "this is compressed with gzip", "unpack it with gunzip", 0, "\x1f\x8b"},
    {"zstd", foreign, "this is compressed with zstd", "unpack it with unzstd", 0, "\x28\xb5\x2f\xfd"},
    {"xz", foreign, "this is compressed with xz", "unpack it with unxz", 0,
     "\xfd"
     "7zXZ"},
    {"bzip2", foreign, "this is compressed with bzip2", "unpack it with bunzip2", 0, "BZh"},
    {"lz4", foreign, "this is compressed with lz4", "unpack it with unlz4", 0, "\x04\x22\x4d\x18"},
    {"7z", foreign, "this is a 7z archive", how_to_unpack, 0, "7z\xbc\xaf\x27\x1c"},
    {"tar", foreign, "this is a tar archive", how_to_unpack, 257, "ustar"},
    {"Parquet", foreign, "this is a Parquet table", save_as_csv, 0, "PAR1"},
    {"Arrow", foreign, "this is an Arrow table", save_as_csv, 0, "ARROW1"},
    {"SQLite", foreign, "this is a SQLite database", save_as_csv, 0, "SQLite format 3"},
    {"PDF", foreign, "this is a PDF document", "", 0, "%PDF-"},
    {"PNG", foreign, "this is a picture, in PNG", "give the numbers that it was drawn of", 0, "\x89PNG\r\n\x1a\n"},
    {"JPEG", foreign, "this is a picture, in JPEG", "give the numbers that it was drawn of", 0, "\xff\xd8\xff"},
    {"ELF", foreign, "this is a program or a library", "give a catalog or a model file", 0,
     "\x7f"
     "ELF"},
    {"OpenVINO", foreign, "this is an OpenVINO model", from_source, 0, "", is_openvino},
    {"web page", foreign, "this is a web page, not a model", "was the download refused?", 0, "", is_html},
    {"SVG", foreign, "this is a picture, in SVG", "give the numbers that it was drawn of", 0, "", is_svg},
    {"XML", foreign, "this is XML, not a model", "was the download refused?", 0, "", is_xml},
    {"JSON", Content::json, "this is JSON, not a model file",
     "a catalog is for greenml rank; a download that was refused may look like this, too", 0, "", is_json},
    {"SavedModel", foreign, "this is a TensorFlow SavedModel", from_keras, 0, "", is_saved_model},
    {"Core ML", foreign, "this is a Core ML model", "export ONNX from the model that it is made from", 0, "",
     is_core_ml},
    {"TensorFlow graph", foreign, "this is a TensorFlow graph", from_keras, 0, "", is_tensorflow_graph},
    {"ONNX", Content::onnx, "this is an ONNX model", "", 0, "", is_onnx},
    {"safetensors", Content::safetensors, "this is a safetensors file", "", 0, "", is_lying_safetensors},
});

/// How many bytes the file has that a git-lfs pointer stands for: the number after "size ".
std::string size_of_pointer(std::string_view text) {
  const std::size_t at = text.find("\nsize ");
  if (at == std::string_view::npos) return {};
  std::uint64_t size = 0;
  const std::string_view digits = text.substr(at + 6);
  if (std::from_chars(digits.data(), digits.data() + digits.size(), size).ec != std::errc()) return {};
  return grouped(size);
}

}  // namespace

std::span<const Magic> magics() { return table; }

const Magic* recognise(FirstBytes first_bytes) {
  const std::string_view text = text_of(first_bytes);
  const auto found = std::find_if(table.begin(), table.end(), [&](const Magic& row) {
    if (text.size() < row.offset || !text.substr(row.offset).starts_with(row.bytes)) return false;
    return row.matches == nullptr || row.matches(first_bytes);
  });
  return found == table.end() ? nullptr : &*found;
}

std::string describe(const Magic& magic, FirstBytes first_bytes) {
  if (magic.name == "git-lfs pointer") {
    const std::string size = size_of_pointer(text_of(first_bytes));
    if (!size.empty()) return fmt::format("this is a git-lfs pointer to {} bytes, not the model", size);
  }
  return std::string(magic.words);
}

}  // namespace greenml::model_file
