/// \file
/// The world outside: files that are read, the output, and messages to a person. Results go to standard output or to a
/// file, everything else to standard error.

#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/problem.hpp"
#include "greenml/quantity.hpp"
#include "greenml/reference.hpp"
#include "sheet/writer.hpp"
#include "system/file_place.hpp"
#include "system/files.hpp"
#include "system/progress.hpp"

namespace greenml::cli {

enum class Color { automatic, always, never };

class Console {
 public:
  /// What a person may want to know about a result that is right as it is. Not shown when quiet.
  void note(std::string_view message);
  void warning(std::string_view message);
  void error(std::string_view message, std::string_view hint = "");
  void error(const Complaint& complaint) { error(complaint.message, complaint.hint); }
  /// Shows the first problems in full, each with its place, and says how many there are in all.
  void show(const Problems& problems);

  /// Says, before anything is read, that this run is to write to a file; empty or "-" is standard output. False, and an
  /// error, where it is to write to that file already.
  bool will_write(const std::string& path);

  /// Opens a file, or standard input for "-". Says what is wrong where it cannot, and where it is a file that this run
  /// is to write to.
  std::optional<Input> open(const std::string& path);
  /// Whether every file could be read to its end; says which could not.
  bool all_read();

  /// Calls `write` with a writer to standard output, or to a file that is replaced as a whole or not at all. Returns
  /// false and says why where not everything could be written, and where it is a file that this run reads.
  bool print(const std::string& path, const std::function<void(render::Writer&)>& write);

  /// Replaces a file that this run has read whole, with what was made of it.
  bool replace(const std::string& path, const std::function<void(render::Writer&)>& write);

  /// The same, at the end of a file that others write to as well.
  bool append(const std::string& path, const std::function<void(render::Writer&)>& write);

  /// Tables of a folder of --reference that this run has read, each once; empty where not yet.
  std::array<std::optional<ReferenceTable>, reference_kinds.size()>& references() { return references_; }

  /// All bytes of a file, at most 64 MiB; says what is wrong where they cannot be read.
  std::optional<std::string> read_whole(const std::string& path);

  /// Whether something could not be written because its reader has gone away, of which nothing was said.
  bool reader_is_gone() const { return reader_is_gone_; }

  /// The width of the terminal that standard output is; nothing where it is none.
  std::optional<std::size_t> width() const;
  /// The lines of that terminal; nothing where it does not say how many.
  std::optional<std::size_t> height() const;
  /// Whether to colour standard output.
  bool colors(Color wanted) const;

  void be_quiet() { quiet_ = true; }

 private:
  void message(std::string_view kind, std::string_view style, std::string_view text);
  void show(const Problem& problem);
  Input with_progress(Input input, const std::string& path);
  bool is_no_input(const std::string& path, const std::optional<FilePlace>& place);
  bool is_written(const std::string& path, const std::optional<FileError>& failure);

  struct InputPlace {
    std::string path;
    FilePlace place;
  };

  bool quiet_ = false;
  Progress progress_;
  bool reader_is_gone_ = false;
  std::vector<InputPlace> inputs_;    // regular files that were opened
  std::vector<std::string> outputs_;  // files that are to be written
  std::vector<std::string> unread_;   // what to say of files that broke off
  std::array<std::optional<ReferenceTable>, reference_kinds.size()> references_;
};

}  // namespace greenml::cli
