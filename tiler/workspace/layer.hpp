#pragma once
// A layer of the catalogue, frozen: what routes, tiles and the command line know of it.

#include "tiler/core/audience.hpp"
#include "tiler/core/dataset_description.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/layer_name.hpp"
#include "tiler/core/raster_part.hpp"
#include "tiler/core/remote_address.hpp"
#include "tiler/core/table_address.hpp"
#include "tiler/core/version.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace relief::workspace {

class Mosaic;

/// The zooms at which there is more to see than at the ones before.
struct ZoomRange {
    std::uint32_t least = 0;
    std::uint32_t most = 0;
};

/// Where a layer comes from; an empty text is shown as "not stated".
struct Provenance {
    std::string source;
    std::string licence;
    std::string acquired;
    std::string processed;
    std::string method;
    std::string confidence;
    std::string supersedes;
    bool preliminary = false;
};

/// What is read from memory as it was at one moment: who drew up the layer knows what it is.
class LiveContent {
public:
    virtual ~LiveContent() = default;

protected:
    LiveContent() = default;
    LiveContent(const LiveContent&) = default;
    LiveContent& operator=(const LiveContent&) = default;
    LiveContent(LiveContent&&) = default;
    LiveContent& operator=(LiveContent&&) = default;
};

/// One dataset of a layer: the only one, or one moment of several.
struct Observation {
    std::optional<InstantRange> time;  ///< as it was said: an instant, or all of a day, month, year
    Version version;  ///< sha-256 of an added file; fingerprint of inode, size, mtime and header of
                      ///< a served one, of address, ETag and size of a remote one;
                      ///< of a table, of what its database counts of it
    std::string file;      ///< absolute path, or the address of a remote file or of a table
    bool added = true;     ///< Relief's own COG or index under layers/; false: read where it lies
    Instant modified;      ///< of the content, for Last-Modified
    std::string broken{};  ///< why what is remote cannot be read at the moment; empty: it can
    /// What it is: all observations of a layer are of one kind.
    DatasetDescription content{};
    /// Of a mosaic: its scenes. `file` is then their common overview, `raster` describes all of
    /// them as one, `version` is that of all together, and `time` is none.
    std::shared_ptr<const Mosaic> mosaic{};
    RasterPart part{};  ///< of a file served in place that holds several rasters: which one
    /// Of a layer without a file: `version` is that of the moment.
    std::shared_ptr<const LiveContent> live{};

    bool is_live() const noexcept { return live != nullptr; }
    bool is_remote() const noexcept { return !added && looks_remote(file) && !is_table(); }
    /// Features of a table or view of PostgreSQL, asked for anew by each answer.
    bool is_table() const noexcept { return !added && names_database(file); }
    bool is_vector() const noexcept { return std::holds_alternative<VectorDescription>(content); }
    /// Only of a raster: who may meet both asks is_vector() first.
    const RasterDescription& raster() const { return std::get<RasterDescription>(content); }
    RasterDescription& raster() { return std::get<RasterDescription>(content); }
    /// Only of features.
    const VectorDescription& vector() const { return std::get<VectorDescription>(content); }

    // What both kinds have.
    const LonLatBox& bounds() const noexcept;
    ZoomRange zooms() const noexcept;
};

struct Layer {
    LayerName name;
    std::string title;
    Sensitivity sensitivity = Sensitivity::low;
    Provenance provenance;
    std::vector<std::pair<std::string, std::string>>
        style_words;                        ///< saved defaults: bands, rescale, colormap, …
    std::vector<Observation> observations;  ///< ascending by time; never empty
    bool sensitivity_given = true;          ///< false: layers.sensitivity of relief.yaml decides

    const Observation& newest() const { return observations.back(); }
    bool is_vector() const { return newest().is_vector(); }
    bool is_remote() const noexcept;  ///< one of its observations is
};

}  // namespace relief::workspace
