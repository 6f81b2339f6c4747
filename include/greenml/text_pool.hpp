/// \file
/// Texts kept back to back in large blocks: a list of them, and a pool that keeps each text once.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace greenml {

/// A growing list of texts. The views it gives stay valid as long as the list.
class TextList {
 public:
  std::string_view operator[](std::size_t index) const;
  std::size_t size() const { return entries_.size(); }
  void push_back(std::string_view text);

 private:
  std::vector<const char*> entries_;  // each points at the length of its text, and the text behind it
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t free_in_last_ = 0;
  char* next_ = nullptr;
};

/// Gives equal texts the same number, counting from 0 in the order in which they came.
class TextPool {
 public:
  std::uint32_t intern(std::string_view text);
  std::string_view operator[](std::uint32_t number) const { return texts_[number]; }

 private:
  TextList texts_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

}  // namespace greenml
