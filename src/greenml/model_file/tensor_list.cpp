#include "model_file/tensor_list.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace greenml::model_file {

namespace {

/// The first eight bytes of a text after `skipped` ones, so that most names are compared as numbers.
std::uint64_t first_bytes(std::string_view text, std::size_t skipped) {
  std::uint64_t bytes = 0;
  for (std::size_t at = skipped; at < skipped + 8; ++at)
    bytes = bytes << 8U | (at < text.size() ? static_cast<unsigned char>(text[at]) : 0U);
  return bytes;
}

}  // namespace

bool TensorList::add(const Tensor& tensor) {
  if (records_.size() == most_tensors || tensor.name.size() > most_name_bytes - names_.size()) return false;
  if (tensor.shape.size() > std::numeric_limits<std::uint16_t>::max()) return false;
  if (dimensions_.size() > std::numeric_limits<std::uint32_t>::max() - tensor.shape.size()) return false;
  records_.push_back({static_cast<std::uint32_t>(names_.size()), static_cast<std::uint32_t>(tensor.name.size()),
                      static_cast<std::uint32_t>(dimensions_.size()), static_cast<std::uint16_t>(tensor.shape.size()),
                      tensor.type, tensor.elements, tensor.begin, tensor.bytes});
  names_ += tensor.name;
  dimensions_.insert(dimensions_.end(), tensor.shape.begin(), tensor.shape.end());
  return true;
}

Tensor TensorList::operator[](std::size_t index) const {
  const Record& record = records_[index];
  const auto shape = std::span(dimensions_).subspan(record.shape_begin, record.rank);
  return {name(record), record.type, shape, record.elements, record.begin, record.bytes};
}

std::size_t TensorList::common_beginning() const {
  if (records_.empty()) return 0;
  std::string_view common = name(records_.front());
  for (const Record& record : records_) {
    const std::string_view other = name(record);
    const auto [end, unused] = std::mismatch(common.begin(), common.end(), other.begin(), other.end());
    common = common.substr(0, static_cast<std::size_t>(end - common.begin()));
  }
  return common.size();
}

std::optional<std::string> TensorList::sort_names() {
  struct Key {
    std::uint64_t bytes;
    std::uint32_t index;
  };
  const std::size_t common = common_beginning();
  std::vector<Key> keys;
  keys.reserve(records_.size());
  for (const Record& record : records_)
    keys.push_back({first_bytes(name(record), common), static_cast<std::uint32_t>(keys.size())});
  const auto name_at = [this](std::uint32_t index) { return name(records_[index]); };
  std::sort(keys.begin(), keys.end(), [&](const Key& left, const Key& right) {
    return left.bytes != right.bytes ? left.bytes < right.bytes : name_at(left.index) < name_at(right.index);
  });
  sorted_.clear();
  for (const Key& key : keys) sorted_.push_back(key.index);
  const auto twice = std::adjacent_find(sorted_.begin(), sorted_.end(), [&](std::uint32_t left, std::uint32_t right) {
    return name_at(left) == name_at(right);
  });
  if (twice == sorted_.end()) return std::nullopt;
  return std::string(name_at(*twice));
}

std::optional<Tensor> TensorList::find(std::string_view wanted) const {
  const auto found =
      std::lower_bound(sorted_.begin(), sorted_.end(), wanted,
                       [this](std::uint32_t index, std::string_view text) { return name(records_[index]) < text; });
  if (found == sorted_.end() || name(records_[*found]) != wanted) return std::nullopt;
  return (*this)[*found];
}

std::vector<std::uint32_t> TensorList::by_offset(std::size_t first) const {
  std::vector<std::uint32_t> order(records_.size() - first);
  std::iota(order.begin(), order.end(), static_cast<std::uint32_t>(first));
  const auto is_before = [this](std::uint32_t left, std::uint32_t right) {
    const Record& a = records_[left];
    const Record& b = records_[right];
    return std::tie(a.begin, a.bytes, left) < std::tie(b.begin, b.bytes, right);
  };
  if (!std::is_sorted(order.begin(), order.end(), is_before)) std::sort(order.begin(), order.end(), is_before);
  return order;
}

}  // namespace greenml::model_file
