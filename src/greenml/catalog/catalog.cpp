#include "greenml/catalog.hpp"

#include <algorithm>
#include <cmath>

#include "greenml/label.hpp"

namespace greenml {

Input from_memory(std::string name, std::string_view bytes) {
  return {std::move(name), [bytes](std::span<char> buffer) mutable {
            const std::size_t size = bytes.copy(buffer.data(), buffer.size());
            bytes.remove_prefix(size);
            return size;
          }};
}

Catalog::Catalog() {
  for (std::size_t label = 0; label < greenml::labels.size(); ++label)
    labels_.push_back(std::make_unique<LabelColumn>());
}

const Origin& Catalog::origin(FieldId field, std::size_t row) const {
  return origins_[quantities_[index_of(field)].origins[row]];
}

LabelValue Catalog::label(LabelId label, std::size_t row) const {
  if (label == label_id("name")) return {LabelKind::text, names_[row]};
  const LabelColumn& column = column_of(label);
  const std::uint32_t number = column.numbers[row];
  if (number == 0) return {};
  return {static_cast<LabelKind>(column.values.kind(number - 1)), column.values.text(number - 1)};
}

LabelValue Catalog::label(std::string_view key, std::size_t row) const {
  const std::optional<LabelId> id = find_label_id(key);
  return id ? label(*id, row) : LabelValue{};
}

std::optional<LabelId> Catalog::find_label_id(std::string_view key) const {
  if (const Label* known = find_label(key)) return static_cast<LabelId>(known - greenml::labels.data());
  const auto further = further_.find(key);
  return further == further_.end() ? std::nullopt : std::optional(further->second);
}

bool Catalog::has_label(std::string_view key) const {
  const std::optional<LabelId> id = find_label_id(key);
  return id && (*id == label_id("name") || !column_of(*id).numbers.empty());
}

bool Catalog::has_numbers(LabelId label) const {
  const TextPool& values = column_of(label).values;
  for (std::uint32_t number = 0; number < values.size(); ++number)
    if (static_cast<LabelKind>(values.kind(number)) == LabelKind::number) return true;
  return false;
}

std::vector<std::string_view> Catalog::further_labels() const {
  std::vector<std::string_view> keys;
  for (const auto& [key, id] : further_) keys.push_back(key);
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
  lines_.push_back(line);
  names_.push_back(name);
}

void Catalog::set_origin(FieldId field, std::size_t row, const Origin& origin) {
  if (origin == Origin{}) return;
  // Neighbours often share an origin; looking further back than the last would cost more than it saves.
  if (origins_.back() != origin) origins_.push_back(origin);
  quantities_[index_of(field)].origins.set(row, static_cast<std::uint32_t>(origins_.size() - 1));
}

void Catalog::clear_value(FieldId field, std::size_t row) {
  QuantityColumn& column = quantities_[index_of(field)];
  if (std::isnan(column.values[row])) return;
  column.values.set(row, std::numeric_limits<double>::quiet_NaN());
  column.origins.set(row, 0);
  spellings_.erase({row, field});
}

void Catalog::replace_value(FieldId field, std::size_t row, double value, std::string_view working) {
  if (std::isnan(value)) return clear_value(field, row);
  set_value(field, row, value,
            {.method = Method::assumed, .source = std::string(working), .error = std::nullopt, .computed = true});
}

LabelId Catalog::add_label(std::string_view key) {
  if (const std::optional<LabelId> known = find_label_id(key)) return *known;
  const auto id = static_cast<LabelId>(labels_.size());
  labels_.push_back(std::make_unique<LabelColumn>());
  further_.emplace(key, id);
  return id;
}

void Catalog::set_label(LabelId label, std::size_t row, LabelValue value) {
  numbers_of(label).set(row, intern_label(label, value).number);
}

void Catalog::append_labels(const LabelColumn& later, std::size_t later_size, LabelColumn& column) {
  if (later.numbers.empty()) return;
  const std::size_t before = size();
  if (column.values.is_mostly_different() && later.values.is_mostly_different()) {
    const std::uint32_t first = column.values.append(later.values);
    column.numbers.append(later.numbers, later_size, before, [first](std::uint32_t there) { return first + there; });
    return;
  }
  std::vector<std::uint32_t> numbers(later.values.size() + 1);  // here, by those there
  const auto find = [&](std::uint32_t there) {
    return column.values.intern(later.values.text(there - 1), later.values.kind(there - 1)).number + 1;
  };
  column.numbers.append(later.numbers, later_size, before, [&](std::uint32_t there) {
    if (numbers[there] == 0) numbers[there] = find(there);
    return numbers[there];
  });
}

void Catalog::append(const Catalog& later, std::size_t lines_before) {
  for (std::size_t label = 0; label < greenml::labels.size(); ++label)
    append_labels(*later.labels_[label], later.size(), *labels_[label]);
  for (const auto& [key, id] : later.further_)
    if (const LabelColumn& column = later.column_of(id); !column.numbers.empty())
      append_labels(column, later.size(), column_of(add_label(key)));

  append_quantities(later);
  lines_.append(later.lines_, lines_before);
  names_.append(later.names_);
}

void Catalog::append_quantities(const Catalog& later) {
  for (std::size_t field = 0; field < fields.size(); ++field) {
    const QuantityColumn& from = later.quantities_[field];
    quantities_[field].values.append(from.values, later.size(), size());
    for (std::size_t row = 0; row < later.size() && !from.origins.empty(); ++row)
      if (!std::isnan(from.values[row]))
        set_origin(static_cast<FieldId>(field), size() + row, later.origins_[from.origins[row]]);
  }
}

void Catalog::clear_models() {
  names_ = {};
  lines_ = {};
  quantities_ = {};
  origins_ = {Origin{}};
  spellings_.clear();
  for (const std::unique_ptr<LabelColumn>& column : labels_) {
    column->numbers = {};
    if (column->values.is_full()) column->values.clear();
  }
}

std::string_view Model::name() const { return catalog_->name(row_); }

std::optional<double> Model::value(FieldId field) const {
  const double value = catalog_->value(field, row_);
  return std::isnan(value) ? std::nullopt : std::optional(value);
}

const Origin& Model::origin(FieldId field) const { return catalog_->origin(field, row_); }

LabelValue Model::label_value(std::string_view key) const { return catalog_->label(key, row_); }

std::string_view Model::label(std::string_view key) const { return catalog_->label(key, row_).text; }

std::string_view Model::file() const { return catalog_->file(row_); }

std::size_t Model::line() const { return catalog_->line(row_); }

}  // namespace greenml
