#include <nlohmann/json.hpp>

#include "greenml/model.hpp"
#include "view/schema_view.hpp"

namespace greenml::cli {

namespace {

using Json = nlohmann::ordered_json;

Json text(std::string_view description) { return {{"description", description}, {"type", "string"}}; }
Json truth(std::string_view description) { return {{"description", description}, {"type", "boolean"}}; }

Json texts(std::string_view description) {
  return {{"description", description}, {"type", "array"}, {"items", {{"type", "string"}}}};
}

Json texts_by_name(std::string_view description) {
  return {{"description", description}, {"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
}

Json method(std::string_view description) {
  Json names = Json::array();
  for (const MethodRow& row : methods)
    if (!row.name.empty() && row.name != name_of(Method::derived)) names.push_back(row.name);
  return {{"description", description}, {"enum", names}};
}

Json object(Json properties, Json required) {
  return {{"type", "object"}, {"additionalProperties", false}, {"required", required}, {"properties", properties}};
}

Json column() {
  const Json detailed = object({{"to", text("FIELD:UNIT, LABEL, label:LABEL or drop.")},
                                {"match", text("A regular expression; its one group is the value.")},
                                {"error", text("The column of the plus-minus, in the same unit.")},
                                {"when", texts_by_name("Columns and the texts that they must have.")},
                                {"method", method("How the value came about.")},
                                {"unit_is_certain", truth("False: a number that is hardly meant so is refused.")},
                                {"zero_is_missing", truth("Whether 0 stands for no value.")},
                                {"also", texts_by_name("Labels that hold where this column gave the value.")}},
                               {"to"});
  return {{"anyOf", {{{"type", "string"}}, detailed, {{"type", "array"}, {"items", detailed}}, {{"type", "array"}}}}};
}

Json computed() {
  Json entry = object({{"to", text("FIELD:UNIT or LABEL.")},
                       {"sum", texts("Columns to add; a star stands for any letters.")},
                       {"quotient", texts("Two columns, of which the first is divided by the second.")},
                       {"product", texts("Columns to multiply.")},
                       {"count", texts("Columns to count.")},
                       {"text", text("A text with columns between braces.")},
                       {"when", texts_by_name("Columns and the texts that they must have.")},
                       {"also", texts_by_name("Labels that hold where this gave the value.")}},
                      {"to"});
  return {{"description", "What is computed of several columns."}, {"type", "array"}, {"items", entry}};
}

}  // namespace

std::string mapping_schema() {
  const Json formats = {"table", "json", "yaml", "card", "log"};
  Json methods_by_text = {{"description", "The method, by the text of a column; `otherwise` for any other text."},
                          {"type", "object"},
                          {"additionalProperties", {{"type", "string"}}}};
  Json properties = {
      {"$schema", text("Where this schema is.")},
      {"name", text("What the source is called: --as NAME.")},
      {"title", text("What files it is for.")},
      {"url", text("Whose files they are.")},
      {"refused", text("Set where the file holds no models: what to do instead.")},
      {"format",
       {{"description", "How the file is written; several where the tool writes it in several ways."},
        {"anyOf", {{{"enum", formats}}, {{"type", "array"}, {"items", {{"enum", formats}}}}}}}},
      {"recognise", texts("Columns that are all there.")},
      {"recognise_one", texts("Columns of which one is there.")},
      {"but_not", texts("Columns of which none is there.")},
      {"with_text", texts("Texts of which one is in the file.")},
      {"records", texts("Where the records are, as in Models[].Results[] or results{}; the first that has any.")},
      {"lines",
       {{"description", "The columns of a log: regular expressions whose first group is the value."},
        {"type", "object"},
        {"additionalProperties",
         {{"anyOf",
           {{{"type", "string"}},
            object({{"match", text("A regular expression whose first group is the value.")},
                    {"after", text("The section that the line must be in.")},
                    {"several",
                     {{"description", "Which counts where several lines state it."}, {"enum", {"last", "none"}}}}},
                   {"match"})}}}}}},
      {"sections", texts("Of a log: texts of lines that begin a section.")},
      {"pivot",
       object({{"key", text("The member with the column's name.")}, {"value", text("The member with its value.")}},
              {"key", "value"})},
      {"result_by", text("The column that tells several results of a model apart: --result TEXT.")},
      {"columns",
       {{"description", "What each column becomes; of several for one quantity the first that has a value."},
        {"type", "object"},
        {"additionalProperties", column()}}},
      {"computed", computed()},
      {"others", {{"description", "What becomes of other columns."}, {"enum", {"labels", "drop"}}}},
      {"missing", texts("Texts that stand for no value.")},
      {"last_of", texts("Of records with these columns alike the last counts.")},
      {"only", texts_by_name("Columns and the texts that a record must have to count.")},
      {"defaults", texts_by_name("Labels of every model that has no other.")},
      {"method", method("How the quantities came about.")},
      {"method_by", methods_by_text}};
  Json schema = object(properties, {"name"});
  Json titled = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "greenml mapping"},
                 {"description", "How the files of another tool are read as a catalog: --mapping FILE."}};
  titled.update(schema);
  return titled.dump(2) + "\n";
}

}  // namespace greenml::cli
