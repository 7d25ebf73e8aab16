#include "tiler/vector/index_builder.hpp"

#include "tiler/vector/hilbert.hpp"
#include "tiler/vector/index_writer.hpp"
#include "tiler/vector/label_points.hpp"
#include "tiler/vector/level_ladder.hpp"
#include "tiler/vector/point_counts.hpp"
#include "tiler/vector/simplify.hpp"
#include "tiler/vector/thinning.hpp"
#include "tiler/vector/world.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <set>
#include <span>
#include <sstream>
#include <utility>

namespace relief::vector {
namespace {

/// Features are thinned from here on; at its units of 9 mm no tile is crowded by anything mapped.
constexpr std::uint32_t deepest_thinned = unit_zoom;
/// Units of 60 cm: what tiles of this zoom lack of the truth cannot be seen on a map.
constexpr std::uint32_t usual_maximum_zoom = 14;

Bytes schema_bytes(const std::vector<AttributeDescription>& attributes) {
    Bytes bytes;
    const auto append = [&](std::uint32_t number) {
        const std::size_t at = bytes.size();
        bytes.resize(at + sizeof(number));
        std::memcpy(bytes.data() + at, &number, sizeof(number));
    };
    append(static_cast<std::uint32_t>(attributes.size()));
    for (const AttributeDescription& attribute : attributes) {
        bytes.push_back(static_cast<std::uint8_t>(attribute.type));
        append(static_cast<std::uint32_t>(attribute.name.size()));
        bytes.insert(bytes.end(), attribute.name.begin(), attribute.name.end());
    }
    return bytes;
}

void write_times(IndexWriter& writer, const TimeColumn& times) {
    std::vector<MomentEntry> moments;
    moments.reserve(times.moments.size());
    for (const InstantRange& moment : times.moments)
        moments.push_back({moment.first.milliseconds, moment.last.milliseconds});
    writer.add({SectionKind::moments}, moments);
    writer.add({SectionKind::times}, times.numbers);
}

std::vector<GeometryKind> kinds_of(const LevelDraft& level) {
    std::set<GeometryKind> kinds;
    for (const DraftShape& shape : level.shapes) kinds.insert(shape.kind);
    return {kinds.begin(), kinds.end()};
}

/// An index with the bytes that it is read from.
Result<std::shared_ptr<const VectorIndex>> index_in(std::string text) {
    struct Held {
        std::string bytes;
        std::optional<VectorIndex> index{};
    };
    const auto held = std::make_shared<Held>(Held{std::move(text)});
    auto index = VectorIndex::read(
        std::span(reinterpret_cast<const std::uint8_t*>(held->bytes.data()), held->bytes.size()));
    if (!index) return index.error();
    held->index.emplace(std::move(*index));
    return std::shared_ptr<const VectorIndex>(held, &*held->index);
}

std::vector<ThinnedTile> sorted_tiles(std::vector<ThinnedTile> tiles) {
    // Within a zoom they are in order.
    std::stable_sort(
        tiles.begin(), tiles.end(), [](const auto& a, const auto& b) { return a.zoom < b.zoom; });
    return tiles;
}

}  // namespace

void IndexBuilder::add(const SourceFeature& feature) {
    const auto number = static_cast<std::uint32_t>(ids_.size());
    bool any = false;
    for (const Shape& shape : feature.shapes) {
        if (shape.empty()) continue;
        any = true;
        DraftShape draft;
        draft.feature = number;
        const WorldBox box = vector::box_of(shape);
        const WorldBox32 middle =
            box32({(box.left + box.right) / 2, (box.top + box.bottom) / 2, 0, 0});
        draft.middle_x = middle.left;
        draft.middle_y = middle.top;
        draft.place = hilbert(draft.middle_x, draft.middle_y);
        draft.weight = static_cast<float>(size_of(shape));
        full_.append(shape, draft);
    }
    if (!any) return;
    ids_.push_back(feature.id);
    if (feature.label) {
        const WorldBox32 at = box32({feature.label->x, feature.label->y, 0, 0});
        labels_.push_back({number, at.left, at.top, 0});
    }
    for (std::size_t i = 0; i < attributes_.size(); ++i) {
        const bool given = i < feature.values.size() && feature.values[i].has_value();
        rows_.push_back(given ? values_.number(*feature.values[i]) : 0);
    }
}

/// Shapes and features to Hilbert order; points get their turn in thinning.
void IndexBuilder::put_in_order() {
    std::stable_sort(full_.shapes.begin(), full_.shapes.end(), [](const auto& a, const auto& b) {
        return a.place < b.place;
    });
    constexpr std::uint32_t unknown = 0xFFFF'FFFFU;
    std::vector<std::uint32_t> new_numbers(ids_.size(), unknown);
    std::vector<std::uint64_t> ids;
    std::vector<std::uint32_t> rows;
    ids.reserve(ids_.size());
    rows.reserve(rows_.size());
    std::uint32_t turn = 0;
    for (DraftShape& shape : full_.shapes) {
        const std::uint32_t old = shape.feature;
        if (new_numbers[old] == unknown) {
            new_numbers[old] = static_cast<std::uint32_t>(ids.size());
            ids.push_back(ids_[old]);
            const auto row = rows_.begin() + static_cast<std::ptrdiff_t>(old * attributes_.size());
            rows.insert(rows.end(), row, row + static_cast<std::ptrdiff_t>(attributes_.size()));
        }
        shape.feature = new_numbers[old];
        // Below the size of any line, and evenly spread over the curve.
        if (shape.kind == GeometryKind::point)
            shape.weight = 1.0F / (1.0F + static_cast<float>(reversed(turn++)) / 4294967296.0F) - 1;
    }
    for (LabelEntry& label : labels_) label.feature = new_numbers[label.feature];
    ids_ = std::move(ids);
    rows_ = std::move(rows);
    values_.put_in_order_of(rows_);
}

std::vector<std::uint32_t> IndexBuilder::row_bytes() const {
    std::vector<std::uint32_t> uses(values_.ends().size());
    for (const std::uint32_t number : rows_)
        if (number != 0) ++uses[number - 1];
    std::vector<std::uint32_t> bytes(ids_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const std::uint32_t number = rows_[i];
        if (number == 0) continue;
        constexpr std::uint32_t pair = 3;
        constexpr std::uint32_t head = 4;
        // A value that many features have stands in a tile once.
        const auto own = static_cast<std::uint32_t>(values_.length(number)) + head;
        bytes[i / attributes_.size()] += pair + own / uses[number - 1];
    }
    return bytes;
}

void IndexBuilder::write_tables(IndexWriter& writer) const {
    writer.add({SectionKind::schema}, std::span<const std::uint8_t>(schema_bytes(attributes_)));
    writer.add({SectionKind::ids}, ids_);
    writer.add({SectionKind::rows}, rows_);
    writer.add({SectionKind::value_ends}, values_.ends());
    writer.add({SectionKind::values}, std::span<const std::uint8_t>(values_.bytes()));
}

Result<IndexFacts> IndexBuilder::facts(const std::string& time_attribute) const {
    if (full_.shapes.empty()) return source_broken("it has no features that can be shown");
    const auto search = time_column({attributes_, values_, rows_}, time_attribute);
    if (!search) return search.error();
    return facts_with(*search);
}

IndexFacts IndexBuilder::facts_with(const TimeSearch& search) const {
    IndexFacts facts{ids_.size(), kinds_of(full_), bounds_of(full_), usual_maximum_zoom, 0};
    if (search.found)
        facts.times = times_of(*search.found, attributes_[search.found->attribute].name);
    facts.undecided_times = search.undecided;
    return facts;
}

Result<IndexFacts> IndexBuilder::write(const std::filesystem::path& file,
                                       const BuildOptions& options) {
    if (full_.shapes.empty()) return source_broken("it has no features that can be shown");
    put_in_order();
    const auto search = time_column({attributes_, values_, rows_}, options.time_attribute);
    if (!search) return search.error();
    IndexFacts known = facts_with(*search);
    const auto bytes = row_bytes();
    Thinning thinning(bytes);
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    IndexWriter writer(stream);
    write_tables(writer);
    if (search->found) write_times(writer, *search->found);
    for (const DepthOfCounts& counts : point_counts(full_))
        writer.add({SectionKind::counts, counts.depth}, counts.entries);
    if (const auto labels = label_points(full_, labels_); !labels.empty())
        writer.add({SectionKind::labels}, labels);
    LevelLadder ladder(writer, std::move(full_), thinning, options.repair);
    for (std::uint32_t zoom = deepest_thinned + 1; zoom-- > 0;) {
        ladder.step_to(zoom);
        const double share = 1 - static_cast<double>(zoom) / (deepest_thinned + 1);
        if (options.progress && !options.progress(share))
            return Error{Fault::out_of_time, "stopped; nothing was added"};
    }
    ladder.end();
    writer.add({SectionKind::thinned}, sorted_tiles(thinning.tiles()));
    if (auto closed = writer.close(); !closed) return closed.error();
    known.maximum_zoom = std::max(usual_maximum_zoom, thinning.whole_from());
    known.thinned_tiles = thinning.tiles().size();
    return known;
}

Result<std::shared_ptr<const VectorIndex>> IndexBuilder::in_memory(const WindowOptions& options) {
    put_in_order();
    std::ostringstream stream(std::ios::binary);
    IndexWriter writer(stream);
    write_tables(writer);
    if (!options.time_attribute.empty()) {
        const auto search = time_column({attributes_, values_, rows_}, options.time_attribute);
        if (!search) return search.error();
        if (search->found) write_times(writer, *search->found);
    }
    if (options.labels)
        if (const auto labels = label_points(full_, labels_); !labels.empty())
            writer.add({SectionKind::labels}, labels);
    const auto bytes = row_bytes();
    Thinning thinning(bytes);
    const auto all = [](const DraftShape&) { return true; };
    const LevelDraft level = options.zoom <= deepest_generalised
                                 ? generalised(full_, options.zoom, {all, options.repair})
                                 : std::move(full_);
    if (options.zoom <= deepest_thinned) thinning.thin(level, options.zoom);
    write_level(writer, 0, finished(level, options.zoom, thinning.first_zooms()));
    writer.add({SectionKind::thinned}, thinning.tiles());
    if (auto closed = writer.close(); !closed) return closed.error();
    return index_in(std::move(stream).str());
}

}  // namespace relief::vector
