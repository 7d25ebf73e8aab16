#pragma once
// What files are, found out by a child process: a file that crashes it costs one answer.

#include "tiler/core/dataset_description.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/raster_part.hpp"
#include "tiler/core/result.hpp"
#include "tiler/source/variables.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::ingest {

/// One raster of a file, or all features of it.
struct FoundSlice {
    RasterPart part;  ///< by default the file itself
    std::optional<InstantRange> time;
    DatasetDescription content;
};

/// What becomes a layer when the file is served in place.
struct FoundLayer {
    std::string variable;            ///< or layer; empty: the file is one raster, or features
    std::string title;               ///< of the variable, for people; may be empty
    std::vector<FoundSlice> slices;  ///< ascending by time; never empty
};

/// All layers of a file: of rasters, and the variables that cannot be shown, with the reasons, or
/// of features.
struct FileContent {
    std::vector<FoundLayer> layers;
    std::vector<std::string> features;  ///< names inside the file
    std::vector<std::pair<std::string, std::string>> refused;
};

/// More slices of one variable are not served in place: each is looked at before the first is
/// shown.
inline constexpr std::size_t most_served_slices = 1000;

/// Looks what is in each path (absolute, without line breaks) and hands the answer over as it
/// comes, in order, until `answer` says false. `program` is this program's own executable. When the
/// child dies of a file, that file is answered with the reason and the next child goes on. Errors
/// of a file: source_broken in plain words.
void inspect_files(const std::string& program,
                   const std::vector<std::string>& paths,
                   const std::function<bool(std::size_t, Result<FileContent>)>& answer);

/// What the file holds besides one raster; see source::list_variables(). Of features none.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the program comes first throughout
Result<std::vector<source::Variable>> inspect_variables(const std::string& program,
                                                        const std::string& path);

/// Names of the layers with features that have places; none of a file that holds a raster. Errors:
/// source_broken for what holds neither.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the program comes first throughout
Result<std::vector<std::string>> inspect_feature_layers(const std::string& program,
                                                        const std::string& path);

/// One variable as it was chosen, every slice of it described; none: the file itself, of either
/// kind.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the program comes first throughout
Result<FoundLayer> inspect_layer(const std::string& program,
                                 const std::string& path,
                                 const std::optional<source::Variable>& chosen);

/// The layer of features of that name. Errors: source_broken, or bad_request naming the layers that
/// there are.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the program comes first throughout
Result<FoundLayer> inspect_feature_layer(const std::string& program,
                                         const std::string& path,
                                         const std::string& name);

/// One answer line of the child.
Result<DatasetDescription> read_answer(const std::string& line);

/// Errors: source_broken for features.
Result<RasterDescription> raster_only(Result<DatasetDescription> dataset);

}  // namespace relief::ingest
