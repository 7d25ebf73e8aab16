#pragma once
// Where features come from: files of an index, what is in memory, or tables asked for what an
// answer needs of them.

#include "tiler/core/deadline.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/tile_id.hpp"
#include "tiler/pipeline/feature_choice.hpp"
#include "tiler/pipeline/table_source.hpp"
#include "tiler/vector/index_pool.hpp"
#include "tiler/vector/shape.hpp"
#include "tiler/workspace/layer.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relief::pipeline {

/// What an answer looks at.
struct FeatureReach {
    vector::WorldBox box;    ///< steps of the world
    std::uint32_t zoom = 0;  ///< whose detail is wanted; deepest_zoom: all of it, and every feature
    std::uint32_t asked_zoom = 0;  ///< at which filters are asked
    const FeatureChoice& choice;
    /// Names of the attributes that are carried; all when not given.
    const std::optional<std::vector<std::string>>& fields;
    Deadline deadline;
    bool labels = false;  ///< of areas, where their names stand
};

/// Holds at least what was asked for.
struct OpenFeatures {
    std::shared_ptr<const vector::VectorIndex> index;
    FeatureChoice choice;        ///< as it is to be asked of this index
    std::uint64_t left_out = 0;  ///< features beside those that the index left out
};

/// For any thread.
class FeatureSources {
public:
    /// `files` that stay open unused. `repair`: of areas that simplifying made cross themselves;
    /// may be empty.
    explicit FeatureSources(std::size_t files, vector::Repair repair = {})
        : indexes_(files), tables_(std::move(repair)) {}

    /// Errors: source_broken when the file is damaged or the database away; too_large and
    /// out_of_time of tables.
    Result<OpenFeatures> open(const workspace::Observation& observation, const FeatureReach& reach);

    /// Told the address of a table that could not be read. Before the first open().
    void when_table_fails(std::function<void(const std::string&)> told) {
        table_failed_ = std::move(told);
    }

private:
    vector::IndexPool indexes_;
    TableSource tables_;
    std::function<void(const std::string&)> table_failed_;
};

}  // namespace relief::pipeline
