#include "tiler/workspace/layer_rows.hpp"

#include "tiler/workspace/scene_rows.hpp"
#include "tiler/workspace/stored_time.hpp"
#include "tiler/workspace/vector_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace relief::workspace {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr const char* all_rows = R"(
    SELECT l.name, l.title, l.sensitivity, l.source, l.licence, l.acquired, l.processed, l.method,
           l.confidence, l.supersedes, l.preliminary, l.style,
           o.time, o.time_end, o.version, o.file, o.added, o.modified, o.description,
           m.ordering, m.bands, m.depth
    FROM layers l JOIN observations o ON o.layer = l.id LEFT JOIN mosaics m ON m.layer = l.id
    ORDER BY l.name, o.time, o.time_end)";

constexpr std::int64_t most_overview_bands = 65'535;
constexpr std::int64_t most_depth = 1'000'000;

/// Scenes are read by queries of their own, from the state of the database that the layers come
/// from.
class ReadTransaction {
public:
    explicit ReadTransaction(const Connection& connection) : connection_(connection) {
        begun_ = Statement(connection, "BEGIN").finish().has_value();
    }
    ~ReadTransaction() {
        if (begun_) begun_ = !Statement(connection_, "COMMIT").finish().has_value();
    }
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;
    ReadTransaction(ReadTransaction&&) = delete;
    ReadTransaction& operator=(ReadTransaction&&) = delete;

private:
    const Connection& connection_;
    bool begun_ = false;
};

enum Column : int {
    name,
    title,
    sensitivity,
    source,
    licence,
    acquired,
    processed,
    method,
    confidence,
    supersedes,
    preliminary,
    style,
    time,
    time_end,
    version,
    file,
    added,
    modified,
    description,
    ordering,
    bands,
    depth
};

bool stays_inside(const fs::path& relative) {
    return !relative.empty() && relative.is_relative() &&
           std::none_of(relative.begin(), relative.end(), [](const fs::path& part) {
               return part == ".." || part == ".";
           });
}

Result<std::vector<std::pair<std::string, std::string>>> parse_style(const std::string& text) {
    const Error broken = source_broken("the saved style of the layer cannot be read");
    const json list = json::parse(text, nullptr, false);
    if (!list.is_array()) return broken;
    std::vector<std::pair<std::string, std::string>> words;
    for (const json& pair : list) {
        const bool well_formed =
            pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string();
        if (!well_formed) return broken;
        words.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
    }
    return words;
}

Result<Layer> read_layer(const Statement& row) {
    auto layer_name = LayerName::make(row.text(Column::name));
    if (!layer_name) return layer_name.error();
    auto words = parse_style(row.text(Column::style));
    if (!words) return words.error();
    const std::string level_text = row.text(Column::sensitivity);
    // Without a level the layer is kept close until one is laid upon it.
    const auto level =
        level_text.empty() ? std::optional(Sensitivity::severe) : parse_sensitivity(level_text);
    if (!level) return source_broken("the level of the layer is not known");
    return Layer{*std::move(layer_name),
                 row.text(Column::title),
                 *level,
                 Provenance{row.text(Column::source),
                            row.text(Column::licence),
                            row.text(Column::acquired),
                            row.text(Column::processed),
                            row.text(Column::method),
                            row.text(Column::confidence),
                            row.text(Column::supersedes),
                            row.number(Column::preliminary) != 0},
                 *std::move(words),
                 {},
                 !level_text.empty()};
}

Result<Observation> read_observation(const Statement& row, const fs::path& workspace) {
    Observation observation;
    observation.added = row.number(Column::added) != 0;
    auto path = observation.added ? absolute_path(workspace, row.text(Column::file))
                                  : Result<std::string>(row.text(Column::file));
    if (!path) return path.error();
    observation.file = *std::move(path);
    observation.time = stored_time(row, Column::time);
    observation.version = {row.text(Column::version)};
    observation.modified = {row.number(Column::modified)};
    auto content = dataset_description_from_json(row.text(Column::description));
    if (!content) return content.error();
    observation.content = *std::move(content);
    return observation;
}

/// Folds rows, which come sorted by layer and time, into layers.
class Collector {
public:
    Collector(const Connection& connection, const fs::path& workspace)
        : connection_(connection), workspace_(workspace) {}

    void take(const Statement& row) {
        std::string name = row.text(Column::name);
        if (name == broken_) return;  // one bad observation costs its layer
        if (const auto taken = append(row, name); !taken) {
            refuse(row, name, taken.error());
            broken_ = std::move(name);
        }
    }
    StoredLayers result() { return std::move(stored_); }

private:
    Result<void> append(const Statement& row, const std::string& name) {
        auto observation = read_observation(row, workspace_);
        if (!observation) return observation.error();
        if (stored_.layers.empty() || stored_.layers.back().name.text() != name) {
            auto layer = read_layer(row);
            if (!layer) return layer.error();
            stored_.layers.push_back(*std::move(layer));
        }
        if (auto joined = join_scenes(row, name, *observation); !joined) return joined;
        stored_.layers.back().observations.push_back(*std::move(observation));
        return {};
    }
    /// The observation of a mosaic gets its scenes, and with them the version of all together.
    Result<void> join_scenes(const Statement& row,
                             const std::string& name,
                             Observation& observation) {
        const std::string order = row.text(Column::ordering);
        if (order.empty()) return {};
        const auto bands = static_cast<int>(
            std::clamp<std::int64_t>(row.number(Column::bands), 0, most_overview_bands));
        const auto depth = static_cast<std::size_t>(
            std::clamp<std::int64_t>(row.number(Column::depth), 1, most_depth));
        auto read = read_mosaic(connection_, {name, order, bands, depth}, observation);
        if (!read) return read.error();
        observation.mosaic = std::move(read->mosaic);
        observation.version = observation.mosaic->version();
        const Sensitivity level = stored_.layers.back().sensitivity;
        for (std::string& reason : read->refused)
            stored_.problems.push_back({name, std::move(reason), level});
        return {};
    }
    void refuse(const Statement& row, const std::string& name, const Error& error) {
        if (!stored_.layers.empty() && stored_.layers.back().name.text() == name) {
            stored_.layers.pop_back();
        }
        // A level that cannot be read is the highest until someone has looked.
        const auto level = parse_sensitivity(row.text(Column::sensitivity));
        stored_.problems.push_back({name, error.what, level.value_or(Sensitivity::severe)});
    }

    const Connection& connection_;
    const fs::path& workspace_;
    StoredLayers stored_;
    std::string broken_;
};

}  // namespace

Result<std::string> stored_path(const fs::path& workspace, const std::string& file) {
    std::error_code failure;
    const fs::path path = fs::weakly_canonical(file, failure);
    const fs::path relative = path.lexically_relative(workspace);
    if (failure || !stays_inside(relative)) {
        return bad_request("the file of an added layer must lie in the workspace", file);
    }
    if (!fs::is_regular_file(path, failure)) {
        return bad_request("the file of the layer is missing from the workspace", file);
    }
    return relative.generic_string();
}

Result<std::string> absolute_path(const fs::path& workspace, const std::string& stored) {
    if (!stays_inside(stored)) {
        return source_broken("the layer's file lies outside the workspace", stored);
    }
    return (workspace / stored).string();
}

std::string style_text(const std::vector<std::pair<std::string, std::string>>& words) {
    auto list = json::array();
    for (const auto& [word, value] : words) list.push_back(json::array({word, value}));
    return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<StoredLayers> read_layers(const Connection& connection, const fs::path& workspace) {
    const ReadTransaction same_state(connection);
    Statement rows(connection, all_rows);
    Collector collector(connection, workspace);
    while (true) {
        const auto row = rows.step();
        if (!row) return row.error();
        if (!*row) return collector.result();
        collector.take(rows);
    }
}

}  // namespace relief::workspace
