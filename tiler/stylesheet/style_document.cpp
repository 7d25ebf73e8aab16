#include "tiler/stylesheet/style_document.hpp"

#include "tiler/expression/json_document.hpp"
#include "tiler/expression/json_value.hpp"
#include "tiler/stylesheet/json_lines.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace relief::stylesheet {
namespace {

constexpr double any_number = std::numeric_limits<double>::infinity();

constexpr std::array<std::string_view, 20> root_members{
    "version",    "name",    "metadata",   "center",     "centerAltitude",
    "zoom",       "bearing", "pitch",      "roll",       "state",
    "light",      "sky",     "terrain",    "projection", "sprite",
    "font-faces", "glyphs",  "transition", "sources",    "layers"};

/// Of these a flat map has no use.
constexpr std::array<std::string_view, 3> left_out{"sky", "terrain", "font-faces"};

class DocumentReader {
public:
    DocumentReader(const Json& json, const StyleLimits& limits)
        : json_(&json), limits_(limits), style_(std::make_shared<StyleDocument>()) {}

    ReadStyle read() {
        if (!json_->is_object()) {
            problems_.error({}, "a style is an object with version, sources and layers");
            return {nullptr, problems_.take()};
        }
        read_version();
        read_view();
        read_state();
        read_light();
        read_pictures();
        read_sources();
        read_layers();
        if (const Json* const metadata = find_member(*json_, "metadata"))
            style_->metadata = std::make_shared<const Json>(*metadata);
        for (const std::string_view name : left_out) {
            if (find_member(*json_, name) != nullptr)
                problems_.note(JsonPath() / std::string(name), "a flat map has no use for it");
        }
        problems_.note_unknown(*json_, root_members, {});
        return {std::move(style_), problems_.take()};
    }

private:
    void read_version() {
        const Json* const version = find_member(*json_, "version");
        if (version != nullptr && *version == 8) return;
        problems_.error(
            JsonPath() / "version",
            "the version is 8" + (version == nullptr ? std::string(", and it must be stated")
                                                     : ", not " + shown(*version)));
    }

    double number(std::string_view name) {
        return problems_.number(*json_, {name, {-any_number, any_number}}, {}).value_or(0);
    }

    void read_view() {
        style_->name = problems_.text(*json_, "name", {}).value_or("");
        style_->zoom = number("zoom");
        style_->bearing = number("bearing");
        style_->pitch = number("pitch");
        const Json* const center = find_member(*json_, "center");
        if (center == nullptr) return;
        if (center->is_array() && center->size() == 2 && (*center)[0].is_number() &&
            (*center)[1].is_number())
            style_->center = {(*center)[0].get<double>(), (*center)[1].get<double>()};
        else
            problems_.error(JsonPath() / "center",
                            "the center is [longitude, latitude] in degrees");
    }

    void read_state() {
        const Json* const state = find_member(*json_, "state");
        Json defaults = Json::object();
        if (state != nullptr && state->is_object()) {
            for (const auto& [name, entry] : state->items()) {
                const Json* const value = find_member(entry, "default");
                if (value != nullptr)
                    defaults[name] = *value;
                else
                    problems_.error(JsonPath() / "state" / name,
                                    "an entry of the state is an object with a \"default\"");
            }
        } else if (state != nullptr) {
            problems_.error(JsonPath() / "state", "the state is an object");
        }
        style_->state_room = std::make_shared<expression::Scratch>();
        style_->state =
            expression::value_of(defaults, *style_->state_room).value_or(expression::Value());
    }

    void read_light() {
        const Json* const light = find_member(*json_, "light");
        const auto path = JsonPath() / "light";
        if (light != nullptr && !light->is_object())
            problems_.error(path, "the light is an object");
        for (const PropertyRow& row : light_rows()) {
            const Json* const stated = light == nullptr ? nullptr : find_member(*light, row.name);
            if (stated != nullptr) read_light(row, *stated, path / std::string(row.name));
            if (!style_->light.contains(row.name))
                style_->light.emplace(row.name, *default_property(row));
        }
    }
    void read_light(const PropertyRow& row, const Json& stated, const JsonPath& path) {
        const auto made = make_property(row, stated, style_->keys);
        if (const auto* const property = std::get_if<Property>(&made))
            style_->light.emplace(row.name, *property);
        else
            for (const auto& error : std::get<std::vector<expression::ParseError>>(made))
                problems_.error(path + error.key, error.message);
    }

    void read_pictures() {
        style_->glyphs = problems_.text(*json_, "glyphs", {}).value_or("");
        const auto lacks = [&](const char* token) {
            return style_->glyphs.find(token) == std::string::npos;
        };
        if (!style_->glyphs.empty() && (lacks("{fontstack}") || lacks("{range}")))
            problems_.error(JsonPath() / "glyphs",
                            "the address of the glyphs needs {fontstack} and {range} in it");
        const Json* const sprite = find_member(*json_, "sprite");
        if (sprite == nullptr || sprite->is_null()) return;
        if (sprite->is_string())
            style_->sprites.push_back({"default", sprite->get<std::string>()});
        else
            read_sprites(*sprite);
    }

    void read_sprites(const Json& list) {
        const auto path = JsonPath() / "sprite";
        if (!list.is_array()) {
            problems_.error(path, R"(the sprite is an address, or a list of {"id", "url"})");
            return;
        }
        for (std::size_t i = 0; i < list.size(); ++i) {
            const auto id = problems_.text(list[i], "id", path / i);
            const auto url = problems_.text(list[i], "url", path / i);
            if (id && url)
                style_->sprites.push_back({*id, *url});
            else
                problems_.error(path / i, R"(each sprite has an "id" and a "url")");
        }
    }

    void read_sources() {
        const Json* const sources = find_member(*json_, "sources");
        const auto path = JsonPath() / "sources";
        if (sources == nullptr || !sources->is_object()) {
            problems_.error(path, "\"sources\" is needed: an object, {} when there are none");
            return;
        }
        if (sources->size() > limits_.sources) {
            problems_.error(path,
                            std::to_string(sources->size()) + " sources; at most " +
                                std::to_string(limits_.sources) + " are read");
            return;
        }
        for (const auto& [name, source] : sources->items()) {
            auto read = read_source(source, path / name, problems_);
            if (read) style_->sources.emplace(name, std::move(*read));
        }
    }

    void read_layers() {
        const Json* const layers = find_member(*json_, "layers");
        const auto path = JsonPath() / "layers";
        if (layers == nullptr || !layers->is_array()) {
            problems_.error(path, "\"layers\" is needed: a list, the lowest layer first");
            return;
        }
        if (layers->size() > limits_.layers) {
            problems_.error(path,
                            std::to_string(layers->size()) + " layers; at most " +
                                std::to_string(limits_.layers) + " are read");
            return;
        }
        const Json nothing = Json::object();
        const Json* const stated = find_member(*json_, "sources");
        LayerReader reader({style_->sources,
                            stated != nullptr && stated->is_object() ? *stated : nothing,
                            style_->keys,
                            problems_});
        for (std::size_t i = 0; i < layers->size(); ++i) {
            auto layer = reader.read((*layers)[i], path / i);
            if (layer) style_->layers.push_back(std::move(*layer));
        }
    }

    const Json* json_;
    StyleLimits limits_;
    std::shared_ptr<StyleDocument> style_;
    ProblemList problems_;
};

/// The line that a message about broken JSON begins with.
Problem broken_text(const Error& error) {
    Problem problem{Severity::error, {}, error.what, 1};
    constexpr std::string_view mark = "line ";
    if (!error.what.starts_with(mark)) return problem;
    const std::size_t end = error.what.find(": ");
    problem.line = std::stoul(error.what.substr(mark.size()));
    problem.message = error.what.substr(end + 2);
    return problem;
}

}  // namespace

bool ReadStyle::has_errors() const {
    return std::any_of(problems.begin(), problems.end(), [](const Problem& problem) {
        return problem.severity == Severity::error;
    });
}

ReadStyle read_style(std::string_view text, const StyleLimits& limits) {
    const auto json = expression::parse_json(text, {limits.bytes, limits.depth});
    if (!json) return {nullptr, {broken_text(json.error())}};
    ReadStyle result = DocumentReader(*json, limits).read();
    for (Problem& problem : result.problems) problem.line = line_of(text, problem.path);
    return result;
}

}  // namespace relief::stylesheet
