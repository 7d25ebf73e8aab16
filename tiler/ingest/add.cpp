#include "tiler/ingest/add.hpp"

#include "tiler/ingest/feature_archive.hpp"
#include "tiler/ingest/incoming.hpp"
#include "tiler/ingest/worker.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <system_error>

namespace relief::ingest {
namespace {

namespace fs = std::filesystem;

/// What was said of a raster means nothing for features.
Result<void> check_content(const AddOrder& order, const DatasetDescription& content) {
    const auto* const raster = std::get_if<RasterDescription>(&content);
    if (raster != nullptr && !order.time_attribute.empty())
        return bad_request("--time-attribute is for features; it is a raster, see --time");
    if (raster != nullptr) return order.check ? order.check(*raster) : Result<void>();
    if (order.kind) return bad_request("--kind is for rasters; it holds features");
    if (!order.style_words.empty())
        return bad_request("--" + order.style_words.front().first +
                           " is for rasters; it holds features");
    return {};
}

}  // namespace

std::string stem_of(const AddOrder& order) {
    if (!order.stem.empty()) return order.stem;
    // "roads/" of a folder; "roads.osm.pbf", "roads.gdb.zip", "roads.shp.zip".
    fs::path stem = (order.file.has_filename() ? order.file : order.file.parent_path()).stem();
    const fs::path kind = stem.extension();
    if (kind == ".osm" || kind == ".gdb" || kind == ".shp") stem = stem.stem();
    return stem.string() + (order.layer.empty() ? "" : "-" + order.layer);
}

Result<LayerName> name_of(const AddOrder& order) {
    if (order.id) return *order.id;
    auto name = LayerName::from_file_stem(stem_of(order));
    if (name) return name;
    return Error{name.error().fault, name.error().what + "; give one with --id"};
}

namespace {

/// The way of one order, from parts of a file to observations of a layer.
class Adding {
public:
    Adding(const AddOrder& order, LayerName name, workspace::LayerStore& store)
        : order_(order),
          name_(std::move(name)),
          store_(store),
          parts_(order.parts.empty() ? std::vector<AddedPart>{{{}, order.time}} : order.parts) {}

    Result<Added> run() {
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            if (auto done = convert(i); !done) return take_back(done.error());
        }
        for (const workspace::Observation& observation : observations_) {
            if (auto done = enter(observation); !done) return take_back(done.error());
        }
        // What is left behind costs disk, not truth: the layer stands either way.
        static_cast<void>(store_.delete_unreferenced(freed_));
        return Added{name_, std::move(observations_.back()), !freed_.empty(), parts_.size()};
    }

private:
    Result<void> convert(std::size_t number) {
        const IncomingFolder incoming(order_.workspace / "layers");
        if (!incoming.made()) return source_broken("the workspace cannot be written");
        const auto progress = [&](double share) {
            const auto all = static_cast<double>(parts_.size());
            return !order_.progress || order_.progress((static_cast<double>(number) + share) / all);
        };
        const AddedPart& part = parts_[number];
        auto content = convert_in_child({order_.program,
                                         order_.file,
                                         order_.kind,
                                         progress,
                                         part.part,
                                         order_.roots,
                                         order_.layer,
                                         false,
                                         order_.time_attribute},
                                        incoming.file());
        if (!content) return content.error();
        if (auto checked = check_content(order_, *content); !checked) return checked.error();
        const bool features = std::holds_alternative<VectorDescription>(*content);
        workspace::Observation observation;
        observation.time = part.time;
        observation.content = std::move(*content);
        return keep(features ? features_beside(incoming.file()) : incoming.file(),
                    std::move(observation));
    }

    Result<void> keep(const fs::path& converted, workspace::Observation observation) {
        const auto stored = store_file(order_.workspace / "layers", converted);
        if (!stored) return stored.error();
        observation.version = {stored->sha};
        observation.file = stored->path.string();
        observation.modified = now_in_seconds();
        observations_.push_back(std::move(observation));
        return {};
    }

    Result<void> enter(const workspace::Observation& observation) {
        const auto freed = store_.register_observation({.layer = name_,
                                                        .title = order_.title,
                                                        .sensitivity = order_.sensitivity,
                                                        .provenance = order_.provenance,
                                                        .style_words = order_.style_words,
                                                        .observation = observation});
        if (!freed) return freed.error();
        freed_.insert(freed_.end(), freed->begin(), freed->end());
        return {};
    }

    /// A refused layer leaves no file, unless another layer has the same content.
    Error take_back(const Error& error) {
        for (const auto& observation : observations_) freed_.push_back(observation.file);
        const auto swept = store_.delete_unreferenced(freed_);
        return swept ? error : Error{error.fault, error.what, swept.error().what};
    }

    const AddOrder& order_;
    LayerName name_;
    workspace::LayerStore& store_;
    std::vector<AddedPart> parts_;
    std::vector<workspace::Observation> observations_;
    std::vector<std::string> freed_;
};

}  // namespace

Result<Added> add(const AddOrder& order) {
    const auto name = name_of(order);
    if (!name) return name.error();
    std::error_code error;
    const bool folder = fs::is_directory(order.file, error);
    if (folder && !is_feature_folder(order.file.string()))
        return bad_request(
            "it is a folder; --mosaic ID makes one layer of its rasters, `relief serve` shows each "
            "of them");
    if (!folder && !fs::is_regular_file(order.file, error))
        return not_found("there is no such file");
    auto store = workspace::LayerStore::open(order.workspace);
    if (!store) return store.error();
    sweep_incoming(order.workspace / "layers");
    return Adding(order, *name, *store).run();
}

}  // namespace relief::ingest
