#include "model_file/file.hpp"

#include <array>
#include <sys/stat.h>
#include <utility>

#include "catch.hpp"
#include "model_file/cursor.hpp"
#include "model_writer.hpp"

namespace greenml::model_file {

TEST_CASE("a file is read at any place, and never past its end") {
  const TemporaryFolder folder;
  const Parsed<File> file = File::open(folder.write("net.bin", "0123456789"));
  REQUIRE(file);
  CHECK(file->name() == "net.bin");
  CHECK(file->size() == 10);
  CHECK(file->bytes(3, 4) == "3456");
  CHECK(file->bytes(10, 0) == "");
  CHECK_FALSE(file->bytes(3, 8));
  CHECK_FALSE(file->bytes(11, 0));
  CHECK_FALSE(file->bytes(~std::uint64_t{0}, 2));
  CHECK_FALSE(file->bytes(2, ~std::uint64_t{0}));
  std::array<std::byte, 2> two{};
  CHECK(file->read(8, two));
  CHECK(two[1] == std::byte{'9'});
  CHECK_FALSE(file->read(9, two));
}

TEST_CASE("a moved file stays open, and the other is empty") {
  const TemporaryFolder folder;
  Parsed<File> file = File::open(folder.write("net.bin", "abc"));
  REQUIRE(file);
  File moved = *std::move(file);
  CHECK(moved.bytes(0, 3) == "abc");
  File other = std::move(moved);
  CHECK(other.bytes(2, 1) == "c");
}

TEST_CASE("what is no file is refused in words") {
  const TemporaryFolder folder;
  CHECK(File::open(folder.at("nothing")).complaint().message == folder.at("nothing") + ": this file is not there");
  CHECK(File::open(folder.path()).complaint().message == folder.path() + ": this is a folder, not a model file");
  REQUIRE(::mkfifo(folder.at("pipe").c_str(), 0600) == 0);
  CHECK(File::open(folder.at("pipe")).complaint().message ==
        folder.at("pipe") + ": this is a pipe, and a model file is read at many places");
  CHECK(File::open("/dev/null").complaint().message == "/dev/null: this is a device, not a model file");
  CHECK_FALSE(File::open(std::string("a\0b", 3)));
}

TEST_CASE("a cursor goes through windows, and takes nothing that is not there") {
  const TemporaryFolder folder;
  std::string text;
  for (int count = 0; count < 100'000; ++count) text += "0123456789";
  const Parsed<File> file = File::open(folder.write("long.bin", text));
  REQUIRE(file);
  Cursor cursor(*file, 5, file->size());
  std::string taken;
  CHECK(cursor.peek() == '5');
  REQUIRE(cursor.take(700'000, taken));
  CHECK(taken == text.substr(5, 700'000));
  CHECK(cursor.skip(299'990));
  CHECK(cursor.left() == 5);
  CHECK_FALSE(cursor.take(6, taken));
  CHECK_FALSE(cursor.skip(6));
  CHECK(cursor.take(5, taken));
  CHECK(taken == "56789");
  CHECK(cursor.at_end());
  CHECK(cursor.peek() == -1);
}

TEST_CASE("names and folders of paths") {
  CHECK(name_of("a/b/net.onnx") == "net.onnx");
  CHECK(folder_of("a/b/net.onnx") == "a/b/");
  CHECK(folder_of("net.onnx").empty());
  CHECK(folder_of("/net.onnx") == "/");
}

}  // namespace greenml::model_file
