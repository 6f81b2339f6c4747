#include "input/parts.hpp"

#include "greenml/catalog.hpp"
#include "input/interpreter.hpp"

namespace greenml::read {

struct Parts::Part {
  Catalog catalog;
  Problems problems;
  Interpreter interpreter;

  Part(SourceText& text, const Interpreter& first) : interpreter(catalog, text, problems, first.options()) {
    interpreter.take_over_columns(first);
  }
};

Parts::Parts(RawSink& only) : first_(only) {}

Parts::Parts(Interpreter& first) : first_(first), interpreter_(&first) {}

Parts::~Parts() = default;

RawSink* Parts::begin_later(SourceText& text) {
  const bool in_order = interpreter_ == nullptr || interpreter_->options().keep_spellings;
  if (in_order) return nullptr;
  if (later_ == nullptr) later_ = std::make_unique<Part>(text, *interpreter_);
  later_->interpreter.continue_in(text);
  return &later_->interpreter;
}

void Parts::end_later(bool keep) {
  if (keep) interpreter_->append(later_->interpreter);
  later_->interpreter.forget_models();
}

}  // namespace greenml::read
