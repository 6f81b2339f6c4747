/// \file
/// What a command may ask of the machine while it works: files that are read, which files will be written, what the
/// terminal is like. It says nothing and writes nothing; what is wrong is returned as a complaint.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/parsed.hpp"
#include "greenml/reference.hpp"
#include "system/file_place.hpp"
#include "system/progress.hpp"

namespace greenml::cli {

enum class Color { automatic, always, never };

class World {
 public:
  /// Remembers, before anything is read, that this run is to write to a file; empty or "-" is standard output.
  /// A complaint where it is to write to that file already.
  std::optional<Complaint> will_write(const std::string& path);

  /// Opens a file, or standard input for "-". A complaint where it cannot, and where it is a file that this run is to
  /// write to.
  Parsed<Input> open(const std::string& path);
  /// One complaint for each file that could not be read to its end.
  const std::vector<Complaint>& unread() const { return unread_; }
  /// All bytes of a file, at most 64 MiB.
  Parsed<std::string> read_whole(const std::string& path);

  /// Why a file cannot be written: this run reads it, and what was read would be lost.
  std::optional<Complaint> would_lose_input(const std::string& path) const;

  /// Tables of a folder of --reference that this run has read, each once; empty where not yet.
  std::array<std::optional<ReferenceTable>, reference_kinds.size()>& references() { return references_; }

  /// The width of the terminal that standard output is; nothing where it is none.
  std::optional<std::size_t> width() const;
  /// The lines of that terminal; nothing where it does not say how many.
  std::optional<std::size_t> height() const;
  /// Whether to colour standard output.
  bool colors(Color wanted) const;

  /// Has nobody told how far the reading is, nor of notes.
  void be_quiet() { is_quiet_ = true; }
  bool is_quiet() const { return is_quiet_; }

 private:
  Input with_progress(Input input, const std::string& path);

  struct InputPlace {
    std::string path;
    FilePlace place;
  };

  bool is_quiet_ = false;
  Progress progress_;
  std::vector<InputPlace> inputs_;    // regular files that were opened
  std::vector<std::string> outputs_;  // files that are to be written
  std::vector<Complaint> unread_;     // of files that broke off
  std::array<std::optional<ReferenceTable>, reference_kinds.size()> references_;
};

}  // namespace greenml::cli
