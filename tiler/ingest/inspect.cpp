#include "tiler/ingest/inspect.hpp"

#include "tiler/ingest/child.hpp"
#include "tiler/ingest/variables_json.hpp"
#include "tiler/ingest/worker.hpp"
#include "tiler/workspace/file_names.hpp"
#include "tiler/workspace/vector_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <optional>

namespace relief::ingest {
namespace {

using Json = nlohmann::json;

/// One file may take this long to be looked at; a network drive is slow, a bomb is slower.
constexpr std::chrono::seconds patience{30};

Error broken_answer() {
    return source_broken("the reading process gave an answer that makes no sense");
}

/// What the child said to one question, and whether it can be asked again.
struct Asked {
    std::optional<Result<std::string>> line;
    bool alive = false;
};

Asked ask(Child& child, const std::string& question) {
    if (!child.write_line(question)) return {};
    std::string line;
    switch (child.read_line(line, patience)) {
        case Child::Read::line: return {std::move(line), true};
        case Child::Read::timeout:
            child.kill();
            return {source_broken("it takes longer than half a minute to look at"), false};
        case Child::Read::end: return {};
    }
    return {};
}

/// {"error": {"what", "detail"}}; none when the answer is another.
std::optional<Error> error_in(const Json& answer) {
    if (!answer.is_object()) return broken_answer();
    const auto error = answer.find("error");
    if (error == answer.end()) return std::nullopt;
    if (!error->is_object()) return broken_answer();
    const auto text = [&](const char* name) {
        const auto member = error->find(name);
        return member != error->end() && member->is_string() ? member->get<std::string>()
                                                             : std::string();
    };
    return source_broken(text("what"), text("detail"));
}

/// Asks the same child until a file is the death of it, then the next.
class Inspector {
public:
    explicit Inspector(const std::string& program) : program_(program) {}

    Result<DatasetDescription> describe(const std::string& path, const RasterPart& part) {
        const std::string& name = part.dataset.empty() ? path : part.dataset;
        const auto line = say("describe " + std::to_string(part.band) + " " + name);
        if (!line) return line.error();
        return read_answer(*line);
    }

    Result<std::vector<source::Variable>> variables(const std::string& path) {
        // Most files are of formats that hold none: no need to ask.
        if (!source::may_hold_variables(path)) return std::vector<source::Variable>{};
        const auto line = say("variables " + path);
        if (!line) return line.error();
        const Json answer = Json::parse(*line, nullptr, false);
        if (auto error = error_in(answer)) return *error;
        const auto list = answer.find("variables");
        if (list == answer.end() || !list->is_array()) return broken_answer();
        return variables_from_json(*list, path);
    }

    Result<FoundLayer> layer(const std::string& path, const source::Variable& variable) {
        FoundLayer found{variable.name, variable.title, {}};
        for (const source::VariableSlice& slice : variable.slices) {
            const RasterPart part{variable.dataset, slice.band, {}};
            auto raster = raster_only(describe(path, part));
            if (!raster) return raster.error();
            found.slices.push_back({part, slice.time, std::move(*raster)});
        }
        return found;
    }

    Result<DatasetDescription> whole(const std::string& path) { return describe(path, {}); }

    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the larger thing comes first
    Result<DatasetDescription> features(const std::string& path, const std::string& layer) {
        const auto line = say("features " + Json{{"path", path}, {"layer", layer}}.dump(
                                                -1, ' ', false, Json::error_handler_t::replace));
        if (!line) return line.error();
        return read_answer(*line);
    }

    /// Of features, none of a raster; what they hold is not looked at.
    Result<std::vector<std::string>> feature_layers(const std::string& path) {
        const auto line = say("layers " + path);
        if (!line) return line.error();
        const Json answer = Json::parse(*line, nullptr, false);
        if (auto error = error_in(answer)) return *error;
        const auto list = answer.find("layers");
        if (list == answer.end() || !list->is_array()) return broken_answer();
        std::vector<std::string> names;
        for (const Json& name : *list) {
            if (!name.is_string()) return broken_answer();
            names.push_back(name.get<std::string>());
        }
        return names;
    }

private:
    Result<std::string> say(const std::string& question) {
        if (auto provided = provide(); !provided) return provided.error();
        Asked asked = ask(*child_, question);
        if (asked.alive) return std::move(*asked.line);
        const std::string ending = child_->wait();
        child_.reset();
        return asked.line ? std::move(*asked.line) : source_broken("it cannot be read: " + ending);
    }

    Result<void> provide() {
        if (child_) return {};
        auto started = Child::start(program_, {describe_verb});
        if (!started) return started.error();
        child_.emplace(std::move(*started));
        return {};
    }

    const std::string& program_;
    std::optional<Child> child_;
};

FoundLayer plain_layer(DatasetDescription content) {
    FoundLayer found;
    found.slices.push_back({{}, {}, std::move(content)});
    return found;
}

/// What stands beside the others in one served file: a variable with one raster for each moment.
Result<FoundLayer> served_layer(Inspector& inspector,
                                const std::string& path,
                                const source::Variable& variable) {
    const auto chosen = source::choose_variable({variable}, {});
    if (!chosen) return chosen.error();
    if (chosen->slices.size() > most_served_slices)
        return bad_request("variable \"" + variable.name + "\" has " +
                           std::to_string(chosen->slices.size()) +
                           " times, too many to be served in place; bring it in with relief add "
                           "--variable " +
                           variable.name);
    return inspector.layer(path, *chosen);
}

/// Of a file without variables: all its layers of features, else its only raster.
Result<FileContent> simple_content(Inspector& inspector, const std::string& path) {
    FileContent content;
    if (workspace::may_hold_features(path)) {
        auto names = inspector.feature_layers(path);
        if (!names) return names.error();
        content.features = std::move(*names);
        if (!content.features.empty()) return content;
    }
    auto raster = raster_only(inspector.whole(path));
    if (!raster) return raster.error();
    content.layers.push_back(plain_layer(std::move(*raster)));
    return content;
}

Result<FileContent> content_of(Inspector& inspector, const std::string& path) {
    const auto variables = inspector.variables(path);
    if (!variables) return variables.error();
    if (variables->empty()) return simple_content(inspector, path);
    FileContent content;
    const bool any_placed = std::any_of(variables->begin(),
                                        variables->end(),
                                        [](const source::Variable& one) { return one.placed; });
    for (const source::Variable& variable : *variables) {
        // Tables and profiles beside maps are nothing that anybody misses.
        if (any_placed && !variable.placed) continue;
        auto layer = served_layer(inspector, path, variable);
        if (layer) {
            content.layers.push_back(std::move(*layer));
        } else {
            content.refused.emplace_back(variable.name, layer.error().what);
        }
    }
    // A single one has the file's name to itself.
    if (content.layers.size() == 1 && content.refused.empty())
        content.layers.front().variable.clear();
    return content;
}

bool can_be_asked(const std::string& path) {
    return path.find('\n') == std::string::npos;
}

Error broken_name() {
    return source_broken("its name holds a line break");
}

}  // namespace

Result<DatasetDescription> read_answer(const std::string& line) {
    const Json answer = Json::parse(line, nullptr, false);
    if (auto error = error_in(answer)) return *error;
    const auto found = answer.find("description");
    if (found == answer.end() || !found->is_string()) return broken_answer();
    return workspace::dataset_description_from_json(found->get<std::string>());
}

Result<RasterDescription> raster_only(Result<DatasetDescription> dataset) {
    if (!dataset) return dataset.error();
    if (auto* const raster = std::get_if<RasterDescription>(&*dataset)) return std::move(*raster);
    return source_broken("it holds features, not a raster; bring it in with `relief add`");
}

void inspect_files(const std::string& program,
                   const std::vector<std::string>& paths,
                   const std::function<bool(std::size_t, Result<FileContent>)>& answer) {
    Inspector inspector(program);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        auto content = can_be_asked(paths[i]) ? content_of(inspector, paths[i])
                                              : Result<FileContent>(broken_name());
        if (!answer(i, std::move(content))) return;
    }
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the program comes first throughout
Result<std::vector<source::Variable>> inspect_variables(const std::string& program,
                                                        const std::string& path) {
    if (!can_be_asked(path)) return broken_name();
    return Inspector(program).variables(path);
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the program comes first throughout
Result<std::vector<std::string>> inspect_feature_layers(const std::string& program,
                                                        const std::string& path) {
    if (!can_be_asked(path)) return broken_name();
    return Inspector(program).feature_layers(path);
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the program comes first throughout
Result<FoundLayer> inspect_layer(const std::string& program,
                                 const std::string& path,
                                 const std::optional<source::Variable>& chosen) {
    if (!can_be_asked(path)) return broken_name();
    Inspector inspector(program);
    if (chosen) return inspector.layer(path, *chosen);
    auto content = inspector.whole(path);
    if (!content) return content.error();
    return plain_layer(std::move(*content));
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the program comes first throughout
Result<FoundLayer> inspect_feature_layer(const std::string& program,
                                         const std::string& path,
                                         const std::string& name) {
    if (!can_be_asked(path)) return broken_name();
    auto content = Inspector(program).features(path, name);
    if (!content) return content.error();
    FoundLayer found = plain_layer(std::move(*content));
    found.variable = name;
    return found;
}

}  // namespace relief::ingest
