#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

std::uint64_t count_of(const Call& call, std::string_view name) {
  const Attribute* attribute = call.attribute(name);
  return attribute == nullptr ? 0 : attribute->count;
}

/// How many examples an input has: a vector is one.
std::int64_t examples(const Call& call) {
  const Shape& shape = call.shape(0);
  return shape.size() < 2 ? 1 : shape[0];
}

void tree_regressor(Call& call) { call.give(0, Type::float32, {examples(call), call.integer("n_targets", 1)}); }

std::int64_t classes(const Call& call, std::string_view numbers, std::string_view texts) {
  return static_cast<std::int64_t>(std::max(count_of(call, numbers), count_of(call, texts)));
}

void classifier(Call& call) {
  const bool texts = count_of(call, "classlabels_strings") > 0;
  call.give(0, texts ? Type::string : Type::int64, {examples(call)});
  std::int64_t count = classes(call, "classlabels_int64s", "classlabels_strings");
  if (count == 0) count = classes(call, "classlabels_ints", "classlabels_strings");
  call.give(1, Type::float32, {examples(call), count});
}

void linear_regressor(Call& call) { call.give(0, Type::float32, {examples(call), call.integer("targets", 1)}); }

std::optional<std::uint64_t> linear_macs(const Call& call) {
  return product(call, std::array{static_cast<std::uint64_t>(examples(call)), count_of(call, "coefficients")});
}

void one_hot_encoder(Call& call) {
  Shape shape = call.shape(0);
  shape.push_back(classes(call, "cats_int64s", "cats_strings"));
  call.give(0, Type::float32, std::move(shape));
}

void vectorizer(Call& call) {
  std::int64_t width = 0;
  for (std::size_t index = 0; index < call.inputs.size(); ++index) {
    const Shape& shape = call.shape(index);
    width += shape.empty() ? 1 : shape.back();
  }
  call.give(0, Type::float32, {examples(call), width});
}

void features(Call& call) {
  Shape shape = call.shape(0);
  if (shape.empty()) call.wrong("its input is a scalar");
  if (shape.size() == 1) shape.insert(shape.begin(), 1);
  shape.back() = static_cast<std::int64_t>(std::min<std::uint64_t>(elements_of(call.shape(1)), INT64_MAX));
  call.give(0, call.input(0).type, std::move(shape));
}

void as_float(Call& call) { call.give(0, Type::float32, call.shape(0)); }

/// One for one, as the tables of the operator say.
void as_first_of_other_type(Call& call) { call.give(0, Type::none, call.shape(0)); }

void words_to_numbers(Call& call) {
  const Attribute* indices = call.attribute("ngram_indexes");
  if (indices == nullptr || indices->kept == 0 || indices->kept != indices->count) return;
  const auto begin = call.model.numbers.begin() + indices->begin;
  const std::int64_t most = *std::max_element(begin, begin + indices->kept);
  if (most < 0 || most >= most_dimension - 1) call.overflow("its indices are negative or over 2^40");
  Shape shape = call.shape(0);
  if (shape.empty()) call.wrong("its input is a scalar");
  shape.back() = most + 1;
  call.give(0, Type::float32, std::move(shape));
}

constexpr std::string_view linear_words = "examples x coefficients";

constexpr auto learning_rows = std::to_array<Operator>({
    {"ai.onnx.ml", "TreeEnsembleRegressor", tree_regressor},
    {"ai.onnx.ml", "TreeEnsembleClassifier", classifier},
    {"ai.onnx.ml", "TreeEnsemble", tree_regressor},
    {"ai.onnx.ml", "LinearRegressor", linear_regressor, linear_macs, "w", linear_words, Needs::all_shapes,
     "coefficients intercepts"},
    {"ai.onnx.ml", "LinearClassifier", classifier, linear_macs, "w", linear_words, Needs::all_shapes,
     "coefficients intercepts"},
    {"ai.onnx.ml", "LabelEncoder", as_first_of_other_type},
    {"ai.onnx.ml", "CategoryMapper", as_first_of_other_type},
    {"ai.onnx.ml", "Scaler", as_float},
    {"ai.onnx.ml", "Normalizer", as_float},
    {"ai.onnx.ml", "Imputer", same_as_first},
    {"ai.onnx.ml", "Binarizer", same_as_first},
    {"ai.onnx.ml", "OneHotEncoder", one_hot_encoder},
    {"ai.onnx.ml", "FeatureVectorizer", vectorizer},
    {"ai.onnx.ml", "ArrayFeatureExtractor", features, nullptr, "w-"},
    {"ai.onnx.ml", "ZipMap", no_shape, nullptr, {}, {}, Needs::nothing},
    {"ai.onnx.ml", "CastMap", no_shape, nullptr, {}, {}, Needs::nothing},
    {"ai.onnx.ml", "DictVectorizer", no_shape, nullptr, {}, {}, Needs::nothing},
    {"", "TfIdfVectorizer", words_to_numbers},
    {"", "StringNormalizer", no_shape},
    {"", "StringSplit", no_shape},
    {"", "StringConcat", broadcast_inputs},
    {"", "RegexFullMatch", same_as_first},
});

}  // namespace

std::span<const Operator> learning_operators() { return learning_rows; }

}  // namespace greenml::model_file::graph
