#include "model_file/graph/names.hpp"

#include <functional>

#include "model_file/malformed.hpp"

namespace greenml::model_file::graph {

Names::Names() : begins_{0, 0}, slots_(64) {}

std::size_t Names::slot_of(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>()(text) & mask;
  while (slots_[slot] != 0 && (*this)[slots_[slot]] != text) slot = (slot + 1) & mask;
  return slot;
}

void Names::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (Name name = 1; name < size(); ++name) slots_[slot_of((*this)[name])] = name;
}

Name Names::add(std::string_view text) {
  if (text.empty()) return 0;
  std::size_t slot = slot_of(text);
  if (slots_[slot] != 0) return slots_[slot];
  if (text.size() > most_bytes - text_.size()) throw Malformed{"the names in it are over 100 MB"};
  if (size() * 2 > slots_.size()) {
    grow();
    slot = slot_of(text);
  }
  const Name name = static_cast<Name>(size());
  text_ += text;
  begins_.push_back(static_cast<std::uint32_t>(text_.size()));
  slots_[slot] = name;
  return name;
}

Name Names::find(std::string_view text) const { return text.empty() ? 0 : slots_[slot_of(text)]; }

}  // namespace greenml::model_file::graph
