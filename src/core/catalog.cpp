#include "greenml/catalog.hpp"

#include <algorithm>
#include <cmath>

#include "greenml/label.hpp"

namespace greenml {

namespace {

constexpr std::size_t index_of(FieldId field) { return static_cast<std::size_t>(field); }

}  // namespace

Input from_memory(std::string name, std::string_view bytes) {
  return {std::move(name), [bytes](std::span<char> buffer) mutable {
            const std::size_t size = bytes.copy(buffer.data(), buffer.size());
            bytes.remove_prefix(size);
            return size;
          }};
}

const Origin& Catalog::origin(FieldId field, std::size_t row) const {
  return origins_[quantities_[index_of(field)].origins[row]];
}

LabelValue Catalog::label(std::string_view key, std::size_t row) const {
  if (key == "name") return {LabelKind::text, names_[row]};
  const auto column = labels_.find(key);
  const std::uint32_t number = column == labels_.end() ? 0 : column->second[row];
  if (number == 0) return {};
  const std::string_view stored = label_values_[number - 1];
  return {static_cast<LabelKind>(stored[0]), stored.substr(1)};
}

bool Catalog::label_is_set(std::string_view key, std::size_t row) const {
  const auto column = labels_.find(key);
  return column != labels_.end() && column->second[row] != 0;
}

std::vector<std::string_view> Catalog::further_labels() const {
  std::vector<std::string_view> keys;
  for (const auto& [key, column] : labels_)
    if (find_label(key) == nullptr) keys.push_back(key);
  return keys;
}

const Spelling* Catalog::spelling(FieldId field, std::size_t row) const {
  const auto found = spellings_.find({row, field});
  return found == spellings_.end() ? nullptr : &found->second;
}

std::string_view Catalog::file(std::size_t row) const {
  const auto next = std::upper_bound(files_.begin(), files_.end(), row,
                                     [](std::size_t wanted, const File& file) { return wanted < file.first_row; });
  return std::prev(next)->name;
}

void Catalog::add_model(std::string_view name, std::size_t line) {
  lines_.set(names_.size(), static_cast<std::uint32_t>(line));
  names_.push_back(name);
}

void Catalog::set_value(FieldId field, std::size_t row, double value, const Origin& origin) {
  QuantityColumn& column = quantities_[index_of(field)];
  column.values.set(row, value);
  if (origin == Origin{}) return;
  // Neighbours often share an origin; looking further back than the last would cost more than it saves.
  if (origins_.back() != origin) origins_.push_back(origin);
  column.origins.set(row, static_cast<std::uint32_t>(origins_.size() - 1));
}

void Catalog::clear_value(FieldId field, std::size_t row) {
  QuantityColumn& column = quantities_[index_of(field)];
  if (std::isnan(column.values[row])) return;
  column.values.set(row, std::numeric_limits<double>::quiet_NaN());
  column.origins.set(row, 0);
  spellings_.erase({row, field});
}

void Catalog::replace_value(FieldId field, std::size_t row, double value) {
  clear_value(field, row);
  if (!std::isnan(value)) set_value(field, row, value, {.method = Method::assumed, .source = "what if"});
}

void Catalog::set_label(std::string_view key, std::size_t row, LabelValue value) {
  auto column = labels_.find(key);
  if (column == labels_.end()) column = labels_.emplace(std::string(key), Column<std::uint32_t>(0)).first;
  std::string stored(1, static_cast<char>(value.kind));
  stored += value.text;
  column->second.set(row, label_values_.intern(stored) + 1);
}

std::string_view Model::name() const { return catalog_->name(row_); }

std::optional<double> Model::value(FieldId field) const {
  const double value = catalog_->value(field, row_);
  return std::isnan(value) ? std::nullopt : std::optional(value);
}

const Origin& Model::origin(FieldId field) const { return catalog_->origin(field, row_); }

std::string_view Model::label(std::string_view key) const { return catalog_->label(key, row_).text; }

std::string_view Model::file() const { return catalog_->file(row_); }

std::size_t Model::line() const { return catalog_->line(row_); }

}  // namespace greenml
