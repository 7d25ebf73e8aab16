#pragma once
// Features into an index file, written once.

#include "tiler/core/boxes.hpp"
#include "tiler/core/features.hpp"
#include "tiler/core/result.hpp"
#include "tiler/vector/level_draft.hpp"
#include "tiler/vector/time_column.hpp"
#include "tiler/vector/value_table.hpp"
#include "tiler/vector/vector_index.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::vector {

class IndexWriter;

/// One feature of the source. Shapes are valid, on the world's square, of one kind each; a
/// collection of several kinds comes as several of them.
struct SourceFeature {
    std::uint64_t id = 0;  ///< each once
    std::vector<Shape> shapes;
    std::vector<std::optional<AttributeValue>> values;  ///< one for each attribute
    /// Of an area of which the shapes are a part: where its name stands.
    std::optional<WorldPoint> label{};
};

/// What the finished file holds.
struct IndexFacts {
    std::uint64_t features = 0;
    std::vector<GeometryKind> kinds;  ///< ascending
    LonLatBox bounds;
    std::uint32_t maximum_zoom = 0;
    std::uint64_t thinned_tiles = 0;
    std::optional<FeatureTimes> times{};
    std::vector<std::string> undecided_times{};  ///< see TimeSearch
};

struct BuildOptions {
    Repair repair;  ///< may be empty
    /// Told the share done, 0 to 1; false stops the work. May be empty.
    std::function<bool(double)> progress;
    std::string time_attribute{};  ///< see time_column()
};

/// An index over what answers one question, gone with it.
struct WindowOptions {
    std::uint32_t zoom = 0;        ///< of the tile; deepest_zoom: in full detail, nothing thinned
    Repair repair;                 ///< may be empty
    std::string time_attribute{};  ///< its values are all times; empty: nothing tells when
    bool labels = false;           ///< where areas have their names
};

class IndexBuilder {
public:
    explicit IndexBuilder(std::vector<AttributeDescription> attributes)
        : attributes_(std::move(attributes)) {}

    /// Features without a shape are not kept.
    void add(const SourceFeature& feature);
    std::uint64_t features() const noexcept { return ids_.size(); }

    /// What is known before anything is thinned: maximum_zoom is the usual one.
    /// Errors: source_broken when nothing was added; bad_request for the name of a time attribute.
    Result<IndexFacts> facts(const std::string& time_attribute = {}) const;
    /// Errors: as facts(); source_broken when the disk is full; out_of_time when stopped.
    Result<IndexFacts> write(const std::filesystem::path& file, const BuildOptions& options);

    /// One level for tiles of the zoom, which may be without features; of those that go to keep a
    /// tile small the same are left out as write() leaves out. Errors: as facts().
    Result<std::shared_ptr<const VectorIndex>> in_memory(const WindowOptions& options);

private:
    void put_in_order();
    std::vector<std::uint32_t> row_bytes() const;
    void write_tables(IndexWriter& writer) const;
    IndexFacts facts_with(const TimeSearch& search) const;

    std::vector<AttributeDescription> attributes_;
    ValueTable values_;
    std::vector<std::uint64_t> ids_;
    std::vector<std::uint32_t> rows_;
    std::vector<LabelEntry> labels_;  ///< that were told with their features
    LevelDraft full_{.shift = 0, .last_zoom = 24, .points = 0, .shapes = {}, .geometry = {}};
};

}  // namespace relief::vector
