// relief style check, relief style eval

#include "server/command/verbs.hpp"
#include "tiler/expression/expression_case.hpp"
#include "tiler/expression/json_document.hpp"
#include "tiler/stylesheet/style_document.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>

namespace relief::command {
namespace {

using Json = nlohmann::json;

/// Errors: not_found for a file that cannot be read.
Result<std::string> text_of_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) return not_found("the file cannot be read");
    return text;
}

int run_eval(const std::string& path) {
    const auto text = text_of_file(path);
    if (!text) return fail(path, text.error());
    const auto test = expression::parse_json(*text);
    if (!test) return fail(path, test.error());
    if (!test->is_object() || !test->contains("expression"))
        return fail(path + ": an object with an \"expression\" is needed");
    std::cout << expression::run_case(*test).dump(-1, ' ', false, Json::error_handler_t::replace)
              << '\n';
    return static_cast<int>(Status::done);
}

void add_eval(CLI::App& style, Context& context) {
    auto* verb = style.add_subcommand(
        "eval",
        "Evaluate an expression with inputs, as in the tests of the style specification"
        "\n\nExample:\n  relief style eval width.json");
    const auto path = std::make_shared<std::string>();
    verb->add_option("file", *path, "a JSON file with expression, propertySpec and inputs")
        ->required()
        ->type_name("FILE");
    verb->callback([&context, path] { context.run = [path] { return run_eval(*path); }; });
}

std::string counted(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::size_t count_of(const stylesheet::ReadStyle& style, stylesheet::Severity severity) {
    return static_cast<std::size_t>(
        std::count_if(style.problems.begin(), style.problems.end(), [&](const auto& problem) {
            return problem.severity == severity;
        }));
}

/// "2 fill, 1 line".
std::string types_in_words(const stylesheet::StyleDocument& style) {
    std::map<std::string, std::size_t> types;
    for (const auto& layer : style.layers) ++types[std::string(name_of(layer.type))];
    std::string words;
    for (const auto& [type, count] : types)
        words += (words.empty() ? "" : ", ") + std::to_string(count) + " " + type;
    return words;
}

Json document_of(const stylesheet::ReadStyle& style) {
    Json problems = Json::array();
    for (const auto& problem : style.problems)
        problems.push_back(
            {{"severity", problem.severity == stylesheet::Severity::error ? "error" : "note"},
             {"line", problem.line},
             {"path", problem.path.text()},
             {"message", problem.message}});
    Json document{{"good", !style.has_errors()}, {"problems", std::move(problems)}};
    if (style.document) {
        document["layers"] = style.document->layers.size();
        document["sources"] = style.document->sources.size();
    }
    return document;
}

/// A line a problem, as compilers write them, so that editors find the place.
void tell(const std::string& path, const stylesheet::ReadStyle& style) {
    for (const auto& problem : style.problems) {
        const bool is_error = problem.severity == stylesheet::Severity::error;
        (is_error ? std::cerr : std::cout)
            << path << ':' << problem.line << ": " << (is_error ? "" : "note: ")
            << problem.path.text() << ": " << problem.message << '\n';
    }
    if (style.has_errors()) {
        std::cerr << path << ": " << counted(count_of(style, stylesheet::Severity::error), "error")
                  << '\n';
        return;
    }
    const std::string types = types_in_words(*style.document);
    std::cout << path << ": good, " << counted(style.document->layers.size(), "layer")
              << (types.empty() ? "" : " (" + types + ")") << " from "
              << counted(style.document->sources.size(), "source") << '\n';
}

int run_check(const std::string& path, bool as_json) {
    const auto text = text_of_file(path);
    if (!text) return fail(path, text.error());
    const stylesheet::ReadStyle style = stylesheet::read_style(*text);
    if (as_json)
        std::cout << document_of(style).dump(1, ' ', false, Json::error_handler_t::replace) << '\n';
    else
        tell(path, style);
    return static_cast<int>(style.has_errors() ? Status::failed : Status::done);
}

void add_check(CLI::App& style, Context& context) {
    struct CheckOptions {
        std::string path;
        bool json = false;
    };
    auto* verb = style.add_subcommand(
        "check",
        "Check a MapLibre style document: every error with its line and how to mend it"
        "\n\nExample:\n  relief style check basemap.json");
    const auto options = std::make_shared<CheckOptions>();
    verb->add_option("file", options->path, "the style document")->required()->type_name("FILE");
    verb->add_flag("--json", options->json, "as JSON");
    verb->callback([&context, options] {
        context.run = [options] { return run_check(options->path, options->json); };
    });
}

}  // namespace

void add_style(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand(
        "style", "Work with style documents\n\nExample:\n  relief style check map.json");
    verb->require_subcommand(1);
    add_check(*verb, context);
    add_eval(*verb, context);
}

}  // namespace relief::command
