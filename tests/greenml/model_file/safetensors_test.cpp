#include "model_file/safetensors.hpp"

#include <string>

#include "catch.hpp"
#include "model_file/safetensors_header.hpp"
#include "model_writer.hpp"

namespace greenml::model_file {

namespace {

Inspection inspect_safetensors(const std::string& path) {
  const Parsed<Inspection> inspection = inspect(path, {});
  INFO(inspection.complaint().message);
  REQUIRE(inspection);
  return *inspection;
}

/// The complaint about a file of these bytes, without its path.
std::string complaint_about_safetensors(const std::string& bytes) {
  const TemporaryFolder folder;
  const std::string path = folder.write("w.safetensors", bytes);
  const Parsed<Inspection> inspection = inspect(path, {});
  if (inspection) return "none";
  const std::string message = inspection.complaint().message;
  return message.starts_with(path + ": ") ? message.substr(path.size() + 2) : "of another file: " + message;
}

constexpr const char* one_tensor = R"("w":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]})";

}  // namespace

TEST_CASE("weights are counted by type, with their bytes") {
  const TemporaryFolder folder;
  const Inspection inspection = inspect_safetensors(SafetensorsWriter()
                                                        .bf16("layers.0.a.weight", {3, 5})
                                                        .f32("layers.0.a.bias", {3})
                                                        .bf16("layers.1.a.weight", {3, 5})
                                                        .f32("scale", {})
                                                        .write(folder, "net.safetensors"));
  CHECK(inspection.format == "safetensors");
  CHECK(inspection.name == "net");
  CHECK(inspection.source == "net.safetensors");
  CHECK(inspection.status == InspectionStatus::weights_only);
  CHECK(inspection.params == 34);
  CHECK_FALSE(inspection.macs);
  CHECK_FALSE(inspection.why_no_macs.empty());
  REQUIRE(inspection.types.size() == 2);
  CHECK(inspection.types[0].type == "BF16");
  CHECK(inspection.types[0].elements == 30);
  CHECK(inspection.types[0].bytes == 60);
  CHECK(inspection.types[1].elements == 4);
  REQUIRE(inspection.layers.size() == 4);
  CHECK(inspection.layers[0].name == "layers.0");
  CHECK(inspection.layers[0].kind == "a.weight");
}

TEST_CASE("each type takes its bits") {
  for (const SafetensorsType& type : safetensors_types()) {
    if (type.kind == ElementKind::unknown) continue;
    CAPTURE(type.name);
    const TemporaryFolder folder;
    const Inspection inspection =
        inspect_safetensors(SafetensorsWriter().add("w", std::string(type.name), {4, 8}, type.bits).write(folder, "a"));
    if (type.kind == ElementKind::floating) CHECK(inspection.params == 32);
    if (type.kind == ElementKind::boolean) CHECK(inspection.params == 0);
  }
}

TEST_CASE("mean and variance are buffers, and integers that count are nothing") {
  const TemporaryFolder folder;
  const Inspection inspection = inspect_safetensors(SafetensorsWriter()
                                                        .f32("bn1.weight", {8})
                                                        .f32("bn1.bias", {8})
                                                        .f32("bn1.running_mean", {8})
                                                        .f32("bn1.running_var", {8})
                                                        .add("bn1.num_batches_tracked", "I64", {}, 64)
                                                        .add("position_ids", "I64", {1, 77}, 64)
                                                        .f32("h.0.attn.bias", {1, 1, 16, 16})
                                                        .write(folder, "net.safetensors"));
  CHECK(inspection.params == 16);
  CHECK(inspection.buffers == 16 + 256);
}

TEST_CASE("packed weights without a config are not known, and the note names the tensor") {
  const TemporaryFolder folder;
  const Inspection inspection = inspect_safetensors(SafetensorsWriter()
                                                        .add("l.0.q.qweight", "I32", {16, 128}, 32)
                                                        .add("l.0.q.scales", "F16", {1, 128}, 16)
                                                        .write(folder, "net.safetensors"));
  CHECK_FALSE(inspection.params);
  CHECK(inspection.layers.empty());
  CHECK(inspection.types.empty());
  REQUIRE(inspection.notes.size() == 1);
  CHECK(inspection.notes[0] == "there is no number of params: how many weights l.0.q.qweight packs is not known");
  CHECK(inspection.size > 16 * 128 * 4);
}

TEST_CASE("integers of a byte that nothing explains are not known") {
  const TemporaryFolder folder;
  CHECK_FALSE(inspect_safetensors(SafetensorsWriter().add("a.W_q", "U8", {64}, 8).write(folder, "a")).params);
  CHECK_FALSE(inspect_safetensors(SafetensorsWriter().add("a.codes", "I16", {64}, 16).write(folder, "b")).params);
}

TEST_CASE("weights of 8 bits count as they stand, and their scales do not") {
  const TemporaryFolder folder;
  const Inspection inspection = inspect_safetensors(SafetensorsWriter()
                                                        .add("q.weight", "F8_E4M3", {64, 64}, 8)
                                                        .f32("q.weight_scale_inv", {1, 1})
                                                        .add("k.weight", "I8", {64, 64}, 8)
                                                        .f32("k.weight_scale", {64, 1})
                                                        .write(folder, "net.safetensors"));
  CHECK(inspection.params == 2 * 64 * 64);
  REQUIRE(inspection.types.size() == 2);
  CHECK(inspection.types[1].type == "int8");
}

TEST_CASE("a type that is not known leaves the file partial") {
  const TemporaryFolder folder;
  const Inspection inspection = inspect_safetensors(SafetensorsWriter().add("w", "F3", {8}, 8).write(folder, "a"));
  CHECK(inspection.status == InspectionStatus::partial);
  CHECK_FALSE(inspection.params);
  CHECK(inspection.why_no_macs == "tensor w is of type F3, which is not known");
}

TEST_CASE("a safetensors header that lies is refused, with what is wrong where") {
  const std::string tensor = one_tensor;
  struct Lie {
    std::string bytes;
    std::string message;
  };
  const std::vector<Lie> lies = {
      {"", "the file is empty"},
      {u64(100) + "{}", "safetensors: the header is 100 bytes long, and 2 of them are there"},
      {safetensors("{" + tensor + "," + tensor + "}", 16), "safetensors header: tensor w is there twice"},
      {safetensors("{" + tensor + "}", 7), "safetensors: 7 of 16 bytes of tensor data are there"},
      {safetensors("{" + tensor + "}", 18), "safetensors: the file goes on for 2 bytes after the last tensor"},
      {safetensors("{" + tensor + "}{}", 16), "safetensors header: bytes after the end of the JSON value, at byte 65"},
      {safetensors("{" + tensor + std::string("}\0", 2), 16),
       "safetensors header: bytes after the end of the JSON value, at byte 65"},
      {safetensors(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,7]}})", 7),
       "safetensors header: w of 2 F32 takes 64 bits, and has 7 bytes, at byte 61"},
      {safetensors(R"({"w":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}})", 1),
       "safetensors header: w of 3 F4 takes 12 bits, and has 1 byte, at byte 60"},
      {safetensors(R"({"w":{"dtype":"F32","shape":[8589934592,8589934592],"data_offsets":[0,16]}})", 16),
       "safetensors header: the size of w, 8589934592x8589934592, is over 64 bits, at byte 82"},
      {safetensors(R"({"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4),
       "safetensors header: a dimension, which is a whole number from 0 on, belongs here, at byte 37"},
      {safetensors(R"({"w":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}})", 4),
       "safetensors header: a dimension, which is a whole number from 0 on, belongs here, at byte 38"},
      {safetensors(R"({"w":{"dtype":"F32","data_offsets":[0,4]}})", 4),
       "safetensors header: w has no shape, at byte 49"},
      {safetensors(R"({"w":{"dtype":"F32","dtype":"F16","shape":[1],"data_offsets":[0,4]}})", 4),
       "safetensors header: dtype of w is there twice, at byte 36"},
      {safetensors(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", 4),
       "safetensors header: the bytes of w end before they begin, at byte 61"},
      {safetensors(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],)"
                   R"("data_offsets":[8,12]}})",
                   12),
       "safetensors header: bytes 4 to 8 of the data belong to no tensor"},
      {safetensors(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],)"
                   R"("data_offsets":[4,12]}})",
                   12),
       "safetensors header: tensors a and b overlap at byte 4 of the data"},
      {safetensors("{\"w\xff\":{}}", 0), "safetensors header: bytes that are not UTF-8, at byte 11"},
      {safetensors("{\"w\n\":{}}", 0), "safetensors header: a control character stands inside a text, at byte 11"},
      {safetensors("{" + tensor, 16), "safetensors header: it ends inside a value, at byte 64"},
  };
  for (const Lie& lie : lies) {
    CAPTURE(lie.bytes);
    CHECK(complaint_about_safetensors(lie.bytes) == lie.message);
  }
}

TEST_CASE("nesting is bounded, also where values are skipped") {
  const std::string deep = R"({"w":{"x":)" + std::string(100'000, '[');
  CHECK(complaint_about_safetensors(safetensors(deep, 0)).starts_with("safetensors header: nested deeper than 32"));
}

TEST_CASE("keys with escapes are the same keys") {
  const std::string header =
      R"({"w":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"\u0077":{"dtype":"F32","shape":[],"data_offsets":[4,8]}})";
  CHECK(complaint_about_safetensors(safetensors(header, 8)) == "safetensors header: tensor w is there twice");
}

}  // namespace greenml::model_file
