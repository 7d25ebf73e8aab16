#include "server/http/letters.hpp"
#include "server/http/route_table.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace relief::http {
namespace {

using Json = nlohmann::ordered_json;

Json schema_of(const std::string& text) {
    auto schema = Json::parse(text, nullptr, false);
    if (schema.is_discarded() || !schema.is_object()) return {{"type", "string"}};
    return schema;
}

Json parameter_of(const Parameter& parameter) {
    Json described{{"name", parameter.name}, {"in", parameter.where}};
    if (!parameter.meaning.empty()) described["description"] = parameter.meaning;
    if (parameter.where == "path") described["required"] = true;
    described["schema"] = schema_of(parameter.schema_json);
    if (parameter.example.empty()) return described;
    auto example = Json::parse(parameter.example, nullptr, false);
    // "12" is a number where the schema says so, and a text where it does not.
    const bool as_text =
        example.is_discarded() || described["schema"].value("type", "") == "string";
    described["example"] = as_text ? Json(parameter.example) : std::move(example);
    return described;
}

/// Those of the route, and a plain one for every capture that it does not describe.
Json parameters_of(const Route& route) {
    Json list = Json::array();
    for (const auto& parameter : route.parameters) list.push_back(parameter_of(parameter));
    for (const auto& name : Pattern(route.pattern).capture_names()) {
        const bool described = std::any_of(
            route.parameters.begin(), route.parameters.end(), [&](const Parameter& parameter) {
                return parameter.name == name && parameter.where == "path";
            });
        if (!described) list.push_back(parameter_of({name, "path", "", "", ""}));
    }
    return list;
}

/// "GET /tiles/{id}/{z}" → "getTilesIdZ"; a number is added to one that is taken.
std::string operation_id(const Route& route, std::set<std::string>& taken) {
    std::string name;
    for (const char c : route.method) name += to_lower(c);
    bool capital = true;
    for (const char c : route.pattern) {
        const bool word = is_letter(c) || is_digit(c);
        if (word) {
            name += capital && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        capital = !word;
    }
    std::string unique = name;
    for (int number = 2; !taken.insert(unique).second; ++number) {
        unique = name + std::to_string(number);
    }
    return unique;
}

Json responses_of(const Route& route) {
    Json good{{"description", "The answer"}};
    for (const auto& type : route.media_types) good["content"][type] = Json::object();
    Json responses{{"200", std::move(good)}};
    const bool read = route.method == "GET";
    if (read) responses["304"] = {{"$ref", "#/components/responses/Unchanged"}};
    std::vector<const char*> refusals{"400", "401", "404", "406"};
    if (!read) refusals.insert(refusals.end(), {"409", "413", "415"});
    refusals.insert(refusals.end(), {"429", "503"});
    for (const char* status : refusals) {
        responses[status] = {{"$ref", "#/components/responses/Problem"}};
    }
    return responses;
}

Json operation_of(const Route& route, std::set<std::string>& taken) {
    Json operation{{"operationId", operation_id(route, taken)}, {"summary", route.summary}};
    if (!route.tag.empty()) operation["tags"] = Json::array({route.tag});
    auto parameters = parameters_of(route);
    if (!parameters.empty()) operation["parameters"] = std::move(parameters);
    for (const auto& type : route.body_types) {
        operation["requestBody"]["required"] = true;
        operation["requestBody"]["content"][type] = Json::object();
    }
    operation["responses"] = responses_of(route);
    return operation;
}

Json components() {
    const Json problem = Json::parse(R"({
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string",
                       "description": "names the value that was not accepted and what would be"}}})");
    const Json headers = Json::parse(R"({
        "X-Request-Id": {"description": "as sent, or made by the server; the log knows it",
                         "schema": {"type": "string"}}})");
    const Json content{
        {"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}};
    // RFC 6750, 2.1 and 2.3.
    const Json schemes = Json::parse(R"({
        "bearer": {"type": "http", "scheme": "bearer",
                   "description": "a token as `relief token create` makes it"},
        "token": {"type": "apiKey", "in": "query", "name": "token",
                  "description": "the same, for map clients that cannot set headers"}})");
    return {{"securitySchemes", schemes},
            {"schemas", {{"Problem", problem}}},
            {"responses",
             {{"Problem",
               {{"description", "What was wrong (RFC 9457)"},
                {"headers", headers},
                {"content", content}}},
              {"Unchanged",
               {{"description", "The client has this content already"}, {"headers", headers}}}}}};
}

Json tags_of(const RouteTable& table) {
    Json tags = Json::array();
    std::set<std::string> seen;
    for (const auto& route : table.routes()) {
        if (!route.tag.empty() && seen.insert(route.tag).second)
            tags.push_back({{"name", route.tag}});
    }
    return tags;
}

}  // namespace

std::string openapi(const RouteTable& table, std::string_view version) {
    Json paths = Json::object();
    std::set<std::string> taken;
    for (const auto& route : table.routes()) {
        if (route.summary.empty()) continue;
        std::string method;
        for (const char c : route.method) method += to_lower(c);
        paths[route.pattern][method] = operation_of(route, taken);
    }
    const Json document{
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "Relief"},
          {"version", version},
          {"description",
           "Map tiles and the facts behind them. GET answers HEAD too; every address answers "
           "OPTIONS, other methods get 405."}}},
        {"servers", Json::array({{{"url", "/"}}})},
        {"tags", tags_of(table)},
        {"paths", std::move(paths)},
        {"components", components()},
        // A token is never needed for what everyone may see.
        {"security", Json::parse(R"([{}, {"bearer": []}, {"token": []}])")},
    };
    return document.dump();
}

}  // namespace relief::http
