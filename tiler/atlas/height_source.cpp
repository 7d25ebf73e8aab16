#include "tiler/atlas/height_source.hpp"

#include "tiler/decode/image_reader.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

namespace relief::atlas {
namespace {

using symbology::HeightField;

float& cell(HeightField& field, int column, int row) {
    const std::ptrdiff_t stride = std::ptrdiff_t{field.size.width} + 2;
    return field.metres[static_cast<std::size_t>((row + 1) * stride + column + 1)];
}

HeightField heights_of(const canvas::Surface& image, const stylesheet::DemEncoding& encoding) {
    HeightField field{image.size(), {}};
    field.metres.resize((static_cast<std::size_t>(field.size.width) + 2) *
                        (static_cast<std::size_t>(field.size.height) + 2));
    for (int y = 0; y < field.size.height; ++y) {
        const std::uint8_t* pixel = image.row(y);
        for (int x = 0; x < field.size.width; ++x, pixel += 4)
            cell(field, x, y) =
                pixel[3] == 0
                    ? std::numeric_limits<float>::quiet_NaN()
                    : static_cast<float>(encoding.base + encoding.red * pixel[0] +
                                         encoding.green * pixel[1] + encoding.blue * pixel[2]);
    }
    return field;
}

/// Without a neighbour the border goes on as the edge is.
void repeat_edge(HeightField& field) {
    const auto [width, height] = field.size;
    for (int y = -1; y <= height; ++y)
        for (int x = -1; x <= width; ++x)
            if (x < 0 || y < 0 || x == width || y == height)
                cell(field, x, y) =
                    cell(field, std::clamp(x, 0, width - 1), std::clamp(y, 0, height - 1));
}

/// From a tile to one that touches it.
struct Step {
    int right = 0;
    int below = 0;
};

constexpr std::array<Step, 8> steps_around{
    {{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}}};

/// The tile beside; round the world, not over a pole.
std::optional<TileId> neighbour(const TileId& tile, Step step) {
    const std::int64_t count = std::int64_t{1} << tile.zoom();
    const std::int64_t row = std::int64_t{tile.row()} + step.below;
    const std::int64_t column = (std::int64_t{tile.column()} + step.right + count) % count;
    if (row < 0 || row >= count) return std::nullopt;
    const auto id = TileId::make(
        {tile.zoom(), static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(row)});
    return id ? std::optional(*id) : std::nullopt;
}

/// Along one axis; `to` is behind the last.
struct CellRange {
    int from = 0;
    int to = 0;
};

/// Which cells of a field, `count` and its border, lie in the tile one step on.
CellRange cells_in_step(int step, int count) noexcept {
    if (step < 0) return {-1, 0};
    return step == 0 ? CellRange{0, count} : CellRange{count, count + 1};
}

/// The cells of the border that lie in the other tile, of the same size.
void copy_border(HeightField& field, const HeightField& other, Step step) {
    const auto [width, height] = field.size;
    const CellRange columns = cells_in_step(step.right, width);
    const CellRange rows = cells_in_step(step.below, height);
    for (int y = rows.from; y < rows.to; ++y)
        for (int x = columns.from; x < columns.to; ++x)
            cell(field, x, y) = other.at(x - step.right * width, y - step.below * height);
}

}  // namespace

Result<HeightSource> HeightSource::open(const std::string& name,
                                        const stylesheet::Source& stated,
                                        const Access& access) {
    auto plain = plain_source(name, stated, access);
    if (!plain) return plain.error();
    return HeightSource(std::move(*plain));
}

/// Whatever encoding browsers are to get: between two rooms of one program it is always the same.
Result<HeightField> HeightSource::read_house(const LayerAddress& house, const TileId& id) const {
    const int side = static_cast<int>(std::clamp(source_.stated.tile_size, 64.0, 2048.0));
    LayerWords words{{"algorithm", "terrainrgb"}};
    for (const auto& word : house.words)
        if (word.first != "algorithm") words.push_back(word);
    const auto picture =
        source_.access.layers->picture(house.layer, {id, side, 1, std::move(words)});
    if (!picture) return picture.error();
    return heights_of(*picture, stylesheet::DemEncoding{});
}

Result<HeightField> HeightSource::read(const TileId& id) const {
    if (const auto* const house = house_layer(source_)) return read_house(*house, id);
    const auto bytes = read_tile(source_, id, 1);
    if (!bytes) return bytes.error();
    const auto image = decode::decode_numbers(*bytes);
    if (!image) return image.error();
    return heights_of(*image, source_.stated.encoding);
}

const HeightSource::Heights& HeightSource::tile(const TileId& id, Warnings& warnings) {
    const auto known = tiles_.find(id);
    if (known != tiles_.end()) return known->second;
    auto made = read(id);
    if (!made && made.error().fault != Fault::not_found)
        warnings.push_back(warning_of(source_.name, made.error()));
    Heights heights = made ? std::make_shared<HeightField>(std::move(*made)) : nullptr;
    return tiles_.emplace(id, std::move(heights)).first->second;
}

void HeightSource::fill_border(HeightField& field, const TileId& id, Warnings& warnings) {
    repeat_edge(field);
    for (const Step step : steps_around) {
        const auto beside = neighbour(id, step);
        if (!beside) continue;
        const Heights other = tile(*beside, warnings);
        if (other && other->size == field.size) copy_border(field, *other, step);
    }
}

std::vector<symbology::HeightPiece> HeightSource::pieces(const symbology::ViewFrame& frame,
                                                         Warnings& warnings) {
    const stylesheet::Source& stated = source_.stated;
    const symbology::TileLevels levels{.lowest = static_cast<std::uint32_t>(stated.minzoom),
                                       .deepest = static_cast<std::uint32_t>(stated.maxzoom),
                                       .side = stated.tile_size,
                                       .rounded = true};
    std::vector<symbology::HeightPiece> pieces;
    for (const auto& square : tiles_of(source_, {frame, levels}, warnings)) {
        const Heights heights = tile(square.tile, warnings);
        if (!heights) continue;
        fill_border(*heights, square.tile, warnings);
        pieces.push_back({heights, square});
    }
    return pieces;
}

}  // namespace relief::atlas
