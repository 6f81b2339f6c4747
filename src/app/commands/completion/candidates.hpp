/// \file
/// What can stand at the end of a command line that is being typed. Shells ask for it by `greenml completion words`.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "sheet/messages.hpp"
#include "system/world.hpp"

namespace greenml::cli {

struct Candidate {
  std::string text;  ///< the whole word, with what was typed of it
  std::string help;  ///< a few words; may be empty
};

/// What the word that is being typed is.
enum class Completes { words, files, folders };

struct Completion {
  Completes what = Completes::words;
  std::vector<Candidate> candidates;  ///< of `words`
};

/// The words of a command line after "greenml"; the last one is being typed, and may be empty. A catalog among them is
/// read for the names of its models and labels where they are wanted. Nothing is said about what is wrong with the
/// line, only with such a catalog.
Completion complete(World& world, Messages& messages, std::span<const std::string> words);

}  // namespace greenml::cli
