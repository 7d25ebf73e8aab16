#pragma once
// Reports on a board of their own, and the tiles that are made of them.

#include "tiler/pipeline/read_features.hpp"
#include "tiler/pipeline/report_source.hpp"
#include "tiler/report/public_view.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace relief::pipeline {

inline constexpr report::Place town{36.817223, -1.286389};

class NamedReports final : public shown::RowTexts {
public:
    Result<std::vector<std::optional<shown::RowText>>> of(
        std::span<const std::uint32_t> numbers) const override {
        std::vector<std::optional<shown::RowText>> texts;
        texts.reserve(numbers.size());
        looks += numbers.size();
        for (const std::uint32_t number : numbers)
            texts.emplace_back(shown::RowText{
                number, "id" + std::to_string(number), "title " + std::to_string(number)});
        return texts;
    }
    mutable std::size_t looks = 0;
};

using Properties = std::map<std::string, AttributeValue>;

struct Seen {
    GeometryKind kind;
    Properties properties;
    TilePoint first;
    std::int32_t west;  ///< of the points of its first path

    std::int64_t count() const {
        const auto found = properties.find("point_count");
        return found == properties.end() ? 1 : std::get<std::int64_t>(found->second);
    }
    std::int64_t weight() const { return std::get<std::int64_t>(properties.at("severity_sum")); }
    bool is_cluster() const { return properties.contains("cluster"); }
    std::string text(const char* name) const {
        const auto found = properties.find(name);
        return found == properties.end() ? "" : std::get<std::string>(found->second);
    }
    /// Not in the buffer, which neighbours have too.
    bool is_inside() const {
        return first.x >= 0 && first.x < tile_extent && first.y >= 0 && first.y < tile_extent;
    }
};

class ReportTiles : public ::testing::Test {
protected:
    void add(const report::Place& place,
             const std::string& category = "flood",
             report::Severity severity = report::Severity::unknown) {
        shown::PointRow row;
        row.key = report::key_of(report::spot_of(place));
        row.number = ++numbers_;
        row.minute = static_cast<std::int32_t>(numbers_);
        row.category = board_.category(category);
        row.status = static_cast<std::uint8_t>(report::Status::verified);
        row.severity = static_cast<std::uint8_t>(severity);
        board_.put(row);
    }
    void add_group(const report::Cell& cell, std::uint32_t count) {
        shown::AreaRow row;
        row.cell = cell;
        row.count = count;
        row.last_minute = 24 * 60 - 1;
        row.level = static_cast<std::uint8_t>(Sensitivity::moderate);
        groups_.push_back(row);
    }
    void add_region(const report::Place& place) {
        shown::AreaRow row;
        row.cell = report::cell_of(place, 8);
        row.count = 1;
        row.number = ++numbers_;
        row.told_status = true;
        board_.put(row);
    }

    std::vector<Seen> seen(const TileId& tile, const FeatureChoice& choice = {}) {
        board_.put_groups(groups_);
        workspace::Observation layer;
        layer.content = ReportFeatures::described(*board_.now());
        layer.live = std::make_shared<const ReportFeatures>(
            shown::Sight{board_.now(), texts_, "1", Instant{}});
        const auto features =
            read_features(sources_, {"reports", &layer, choice}, {tile, {}, {}, {}});
        EXPECT_TRUE(features) << features.error().what;
        return features ? list_of(*features) : std::vector<Seen>();
    }
    std::vector<Seen> seen(std::uint32_t zoom,
                           const report::Place& place,
                           const FeatureChoice& choice = {}) {
        return seen(tile_of(zoom, place), choice);
    }
    static TileId tile_of(std::uint32_t zoom, const report::Place& place) {
        const report::Spot cell =
            report::spot_of(report::cell_of(place, static_cast<std::uint8_t>(zoom)).path);
        return *TileId::make({.zoom = zoom, .column = cell.x, .row = cell.y});
    }
    std::int64_t counted_at(std::uint32_t zoom, const FeatureChoice& choice = {}) {
        std::int64_t all = 0;
        for (std::uint32_t x = 0; x < (1U << zoom); ++x)
            for (std::uint32_t y = 0; y < (1U << zoom); ++y)
                for (const Seen& one :
                     seen(*TileId::make({.zoom = zoom, .column = x, .row = y}), choice))
                    if (one.is_inside()) all += one.count();
        return all;
    }

    std::shared_ptr<const NamedReports> texts_ = std::make_shared<const NamedReports>();

private:
    static std::vector<Seen> list_of(const FeatureTile& tile) {
        std::vector<Seen> list;
        for (const TileFeature& feature : tile.features) {
            const TilePath& path = tile.paths[feature.first_path];
            Seen one{feature.kind, {}, tile.points[path.first], tile.points[path.first].x};
            for (std::uint32_t i = 0; i < path.count; ++i)
                one.west = std::min(one.west, tile.points[path.first + i].x);
            for (std::uint32_t i = 0; i < feature.tags; i += 2)
                one.properties[tile.keys[tile.tags[feature.first_tag + i]]] =
                    tile.values[tile.tags[feature.first_tag + i + 1]];
            list.push_back(std::move(one));
        }
        return list;
    }

    shown::Board board_;
    std::vector<shown::AreaRow> groups_;
    std::uint32_t numbers_ = 0;
    FeatureSources sources_{1};
};

}  // namespace relief::pipeline
