#include "input/into.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

#include "greenml/spelling.hpp"
#include "input/json_places.hpp"
#include "words/json_quoted.hpp"

namespace greenml::read {

namespace {

struct Edit {
  TextRange range;
  std::string text;
};

/// Where the models of a catalog stand, and how one more is added.
struct ModelPlaces {
  std::vector<TextRange> objects;
  std::optional<TextRange> list;  ///< nothing in NDJSON
};

std::size_t line_of(std::string_view text, std::size_t offset) {
  return 1 +
         static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

class Editor {
 public:
  Editor(std::string_view text, const NewModel& model, const MeaningOfMember& meaning)
      : text_(text), model_(model), meaning_(meaning) {}

  Parsed<EditedCatalog> edit() {
    try {
      const ModelPlaces models = find_models();
      std::vector<TextRange> same = models_of_name(models);
      if (same.size() > 1) return several(same);
      if (same.empty())
        add_model(models);
      else
        replace_in(same.front());
      return EditedCatalog{edited(), std::move(notes_)};
    } catch (const JsonMisread& fault) {
      return Complaint{fmt::format("line {} is not JSON: {}", line_of(text_, fault.offset), fault.what)};
    }
  }

 private:
  ModelPlaces find_models() const {
    const std::vector<TextRange> values = json_values(text_);
    if (values.size() != 1) return {values, std::nullopt};
    if (text_[values[0].begin] == '[') return {json_elements(text_, values[0]), values[0]};
    if (text_[values[0].begin] != '{') throw JsonMisread{values[0].begin, "an object or a list belongs here"};
    for (const JsonMember& member : json_members(text_, values[0]))
      if (member.key == "models") return {json_elements(text_, member.value), member.value};
    return {values, std::nullopt};
  }

  std::optional<std::string> label(TextRange object, std::string_view key) const {
    for (const JsonMember& member : json_members(text_, object))
      if (member.key == key) return json_text(text_, member.value);
    return std::nullopt;
  }

  std::vector<TextRange> models_of_name(const ModelPlaces& models) const {
    std::vector<TextRange> same;
    for (const TextRange object : models.objects) {
      if (label(object, "name") != model_.name) continue;
      if (!model_.variant.empty() && label(object, "variant").value_or("") != model_.variant) continue;
      same.push_back(object);
    }
    if (same.size() > 1 && model_.variant.empty()) {
      std::vector<TextRange> plain;  // the model itself, beside its variants
      for (const TextRange object : same)
        if (label(object, "variant").value_or("").empty()) plain.push_back(object);
      if (plain.size() == 1) return plain;
    }
    return same;
  }

  Complaint several(const std::vector<TextRange>& same) const {
    std::string lines;
    for (const TextRange object : same)
      lines += (lines.empty() ? "" : ", ") + std::to_string(line_of(text_, object.begin));
    return {fmt::format("{} models are named {} (lines {})", same.size(), json_quoted(model_.name), lines),
            "--variant picks one of them"};
  }

  /// Blanks that stand before a member or an element: the next one is set off alike.
  std::string blanks_before(std::size_t offset) const {
    std::size_t begin = offset;
    while (begin > 0 && std::string_view(" \t\r\n").find(text_[begin - 1]) != std::string_view::npos) --begin;
    return std::string(text_.substr(begin, offset - begin));
  }

  void replace_in(TextRange object) {
    const std::vector<JsonMember> members = json_members(text_, object);
    std::vector<bool> gone(members.size());
    std::string added;
    const std::string blanks = members.size() > 1 ? blanks_before(members.back().key_range.begin) : " ";
    for (const NewMember& wanted : model_.members) {
      bool is_there = false;
      for (std::size_t index = 0; index < members.size(); ++index) {
        const JsonMember& member = members[index];
        const StatedMember stated = meaning_(member.key, member.value.of(text_));
        if (stated.key != wanted.key) continue;
        compare(wanted, stated);
        if (is_there)
          gone[index] = true;
        else
          replace(member, wanted);
        is_there = true;
      }
      if (!is_there) added += fmt::format(",{}{}: {}", blanks, json_quoted(wanted.key), wanted.json);
    }
    for (std::size_t index = 1; index < members.size(); ++index)
      if (gone[index]) edits_.push_back({{members[index - 1].value.end, members[index].value.end}, ""});
    if (!added.empty()) edits_.push_back({{members.back().value.end, members.back().value.end}, added});
  }

  void replace(const JsonMember& member, const NewMember& wanted) {
    if (member.key != wanted.key) edits_.push_back({member.key_range, json_quoted(wanted.key)});
    edits_.push_back({member.value, wanted.json});
  }

  /// Reports a stated number that the count contradicts.
  void compare(const NewMember& wanted, const StatedMember& stated) {
    if (!wanted.value || !stated.value || *wanted.value <= 0 || *stated.value <= 0) return;
    const double ratio = *stated.value / *wanted.value;
    constexpr double small = 0.01;
    constexpr double near_two = 0.05;
    if (std::abs(ratio - 1) <= small) return;
    const auto is_near = [ratio](double other) { return std::abs(ratio / other - 1) <= near_two; };
    std::string note = fmt::format("{} of {}: the catalog had {:.4g} where {:.4g} is counted", wanted.key, model_.name,
                                   *stated.value, *wanted.value);
    if (wanted.key == "flops" && is_near(0.5)) note += ": the catalog had MACs as FLOPs";
    if (wanted.key == "flops" && is_near(2)) note += ": the catalog had FLOPs as MACs";
    notes_.push_back(std::move(note));
  }

  std::string whole_model() const {
    std::string object = "{\"name\": " + json_quoted(model_.name);
    if (!model_.variant.empty()) object += ", \"variant\": " + json_quoted(model_.variant);
    for (const NewMember& member : model_.members)
      object += fmt::format(", {}: {}", json_quoted(member.key), member.json);
    return object + "}";
  }

  /// "did you mean NAME?" for another model's name, or an empty text.
  std::string name_near(const ModelPlaces& models) const {
    std::vector<std::string> names;
    for (const TextRange object : models.objects) names.push_back(label(object, "name").value_or(""));
    return did_you_mean(model_.name, std::vector<std::string_view>(names.begin(), names.end()));
  }

  void add_model(const ModelPlaces& models) {
    const std::string near = name_near(models);
    notes_.push_back(fmt::format("{} is not in the catalog; it is added at the end{}", model_.name,
                                 near.empty() ? "" : fmt::format(" ({})", near)));
    const std::string object = whole_model();
    if (!models.list) {
      const std::size_t end = models.objects.empty() ? text_.size() : models.objects.back().end;
      edits_.push_back(
          {{end, end}, (models.objects.empty() ? "" : "\n") + object + (models.objects.empty() ? "\n" : "")});
      return;
    }
    if (models.objects.empty()) {
      edits_.push_back({*models.list, "[" + object + "]"});
      return;
    }
    const TextRange last = models.objects.back();
    edits_.push_back({{last.end, last.end}, "," + blanks_before(last.begin) + object});
  }

  std::string edited() {
    std::stable_sort(edits_.begin(), edits_.end(),
                     [](const Edit& left, const Edit& right) { return left.range.begin < right.range.begin; });
    std::string result;
    std::size_t at = 0;
    for (const Edit& edit : edits_) {
      result += text_.substr(at, edit.range.begin - at);
      result += edit.text;
      at = edit.range.end;
    }
    return result += text_.substr(at);
  }

  std::string_view text_;
  const NewModel& model_;
  const MeaningOfMember& meaning_;
  std::vector<Edit> edits_;
  std::vector<std::string> notes_;
};

}  // namespace

Parsed<EditedCatalog> put_into(std::string_view catalog, const NewModel& model, const MeaningOfMember& meaning) {
  return Editor(catalog, model, meaning).edit();
}

}  // namespace greenml::read
