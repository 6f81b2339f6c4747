#include "model_file/magic.hpp"

#include <set>
#include <string>

#include "catch.hpp"
#include "model_writer.hpp"

namespace greenml::model_file {

namespace {

FirstBytes bytes_of(const std::string& text) { return std::as_bytes(std::span(text.data(), text.size())); }

std::string name_of_content(const std::string& text) {
  const Magic* const magic = recognise(bytes_of(text));
  return magic == nullptr ? "" : std::string(magic->name);
}

std::string literal(const char* text, std::size_t size) { return {text, size}; }

/// The header before an entry of a zip archive, with the entry's bytes.
std::string zip_entry(const std::string& name, const std::string& content) {
  return "PK\3\4" + std::string(14, '\0') + u32(content.size()) + u32(content.size()) + number(name.size(), 2) +
         number(0, 2) + name + content;
}

/// A field of a protocol buffer that holds bytes.
std::string field(unsigned number_of_field, const std::string& content) {
  return number(number_of_field << 3U | 2U, 1) + number(content.size(), 1) + content;
}

}  // namespace

TEST_CASE("the formats that are read are known by their content") {
  CHECK(name_of_content(tiny_llama(1, true).header()) == "GGUF");
  CHECK(name_of_content(SafetensorsWriter().f32("w", {2}).bytes()) == "safetensors");
  CHECK(name_of_content(u32(28) + "TFL3") == "TFLite");
  const std::string onnx = number(8, 1) + number(7, 1) + field(2, "pytorch") + field(7, field(1, field(1, "x")));
  CHECK(name_of_content(onnx) == "ONNX");
  CHECK(name_of_content(onnx.substr(0, 15)) == "ONNX");
}

TEST_CASE("a safetensors header of 640 bytes is no pickle, and one that lies is still safetensors") {
  CHECK(name_of_content(safetensors("{" + std::string(638, ' ') + "}", 0)) == "safetensors");
  CHECK(name_of_content(u64(std::uint64_t{1} << 60U) + "{\"a\":1}") == "safetensors");
  CHECK(name_of_content("12345678{}") == "");
}

TEST_CASE("what people give by mistake has a name and a way out") {
  struct Mistake {
    std::string bytes;
    std::string name;
  };
  const std::vector<Mistake> mistakes = {
      {"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 134\n", "git-lfs pointer"},
      {"\n <!DOCTYPE html><html>", "web page"},
      {"<HTML>", "web page"},
      {"<?xml version=\"1.0\"?><html>", "web page"},
      {"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code>", "XML"},
      {"<?xml version=\"1.0\"?>\n<net name=\"a\" version=\"11\">", "OpenVINO"},
      {"{\"error\": \"no such repository\"}", "JSON"},
      {zip_entry("archive/data.pkl", "x") + zip_entry("archive/version", "3"), "PyTorch"},
      {zip_entry("model/.format_version", "1") + zip_entry("model/data.pkl", "x"), "PyTorch"},
      {literal("\x80\x02\x8a\x0al\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15), "PyTorch"},
      {literal("\x80\x04\x95", 3), "pickle"},
      {zip_entry("metadata.json", "{}") + zip_entry("config.json", "{}"), "Keras"},
      {zip_entry("arr_0.npy", "x"), "numpy"},
      {zip_entry("[Content_Types].xml", "<a/>") + zip_entry("xl/workbook.xml", "<a/>"), "Excel"},
      {zip_entry("word/document.xml", "<a/>"), "zip"},
      {zip_entry("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"},
      {zip_entry("readme.txt", "x"), "zip"},
      {"\x89HDF\r\n\x1a\n", "HDF5"},
      {"\x93NUMPY", "numpy"},
      {"\x1f\x8b\x08", "gzip"},
      {"\x28\xb5\x2f\xfd", "zstd"},
      {"BZh91AY", "bzip2"},
      {"PAR1\x15", "Parquet"},
      {"%PDF-1.7", "PDF"},
      {"\x89PNG\r\n\x1a\n", "PNG"},
      {"\xff\xd8\xff\xe0", "JPEG"},
      {"<svg xmlns=\"http://www.w3.org/2000/svg\">", "SVG"},
      {"<?xml version=\"1.0\"?>\n<svg>", "SVG"},
      {"\x7f"
       "ELF\2\1\1",
       "ELF"},
      {literal("SQLite format 3\0", 16), "SQLite"},
      {"tjgg\3", "ggml"},
      {u32(16) + "ORTM", "ORT"},
      {"ftrt", "TensorRT"},
      {std::string(257, 'a') + "ustar", "tar"},
      {number(8, 1) + number(1, 1) + field(2, field(1, field(4, "serve"))), "SavedModel"},
      {number(8, 1) + number(5, 1) + field(2, field(1, field(1, "image"))), "Core ML"},
      {field(1, field(1, "x") + field(2, "Placeholder")), "TensorFlow graph"},
  };
  for (const Mistake& mistake : mistakes) {
    CAPTURE(mistake.name);
    CHECK(name_of_content(mistake.bytes) == mistake.name);
  }
}

TEST_CASE("a pointer says how long the file is") {
  const std::string pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 102502400\n";
  const Magic* const magic = recognise(bytes_of(pointer));
  REQUIRE(magic != nullptr);
  CHECK(describe(*magic, bytes_of(pointer)) == "this is a git-lfs pointer to 102,502,400 bytes, not the model");
  CHECK(magic->hint == "run git lfs pull");
  const std::string cut = pointer.substr(0, 50);
  CHECK(describe(*recognise(bytes_of(cut)), bytes_of(cut)) == "this is a git-lfs pointer, not the model");
}

TEST_CASE("texts and nothing are of no known format") {
  for (const char* const text : {"", "a", "model,accuracy\nresnet50,76.1\n", "(abc)", "rank these", "BIG",
                                 "GGUF,size\na,1\n", "RESNET18,69.7\n", "SHUTORTM,1", "RKNN,size"})
    CHECK(name_of_content(text) == "");
  CHECK(name_of_content(std::string(4096, '\0')) == "");
}

TEST_CASE("each row of the table is whole") {
  for (const Magic& row : magics()) {
    CAPTURE(row.name);
    CHECK_FALSE(row.name.empty());
    CHECK(row.words.substr(0, 8) == "this is ");
    CHECK((!row.bytes.empty() || row.matches != nullptr));
    if (row.content == Content::foreign && row.name != "PDF") CHECK_FALSE(row.hint.empty());
  }
}

TEST_CASE("no beginning of any row is read past its end") {
  for (const Magic& row : magics()) {
    const std::string whole = std::string(row.offset, '\1') + std::string(row.bytes);
    for (std::size_t size = 0; size <= whole.size(); ++size) recognise(bytes_of(whole.substr(0, size)));
  }
}

}  // namespace greenml::model_file
