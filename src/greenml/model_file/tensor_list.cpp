#include "model_file/tensor_list.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace greenml::model_file {

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

std::optional<std::string> TensorList::sort_names() {
  sorted_.resize(records_.size());
  std::iota(sorted_.begin(), sorted_.end(), 0U);
  const auto name_at = [this](std::uint32_t index) { return name(records_[index]); };
  std::sort(sorted_.begin(), sorted_.end(),
            [&](std::uint32_t left, std::uint32_t right) { return name_at(left) < name_at(right); });
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
