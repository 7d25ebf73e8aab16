#include "tiler/canvas/distance_field.hpp"

#include "tiler/canvas/area_filler.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace relief::canvas {
namespace {

/// Farther than any distance asked for, and still exact when squared and added.
constexpr float far_away = 1e9F;

/// Squared distances along one line of samples, each of which costs something of its own: the lower
/// envelope of a parabola at each.
class LineTransform {
public:
    explicit LineTransform(std::size_t longest)
        : costs_(longest), places_(longest), from_(longest + 1) {}

    struct Line {
        float* first;
        std::size_t count;
        std::size_t step;  ///< from value to value in memory
    };
    void apply(const Line& line) {
        for (std::size_t i = 0; i < line.count; ++i) costs_[i] = line.first[i * line.step];
        build(line.count);
        std::size_t lowest = 0;
        for (std::size_t i = 0; i < line.count; ++i) {
            while (from_[lowest + 1] < static_cast<float>(i)) ++lowest;
            const float away = static_cast<float>(i) - static_cast<float>(places_[lowest]);
            line.first[i * line.step] = away * away + costs_[places_[lowest]];
        }
    }

private:
    /// Where the parabola at `b` comes to lie below that at `a`, which is left of it.
    float meeting(std::size_t a, std::size_t b) const noexcept {
        const auto square = [](std::size_t of) { return static_cast<float>(of * of); };
        return (costs_[b] + square(b) - costs_[a] - square(a)) / (2 * static_cast<float>(b - a));
    }

    void build(std::size_t count) {
        std::size_t last = 0;
        places_[0] = 0;
        from_[0] = -far_away;
        from_[1] = far_away;
        for (std::size_t i = 1; i < count; ++i) {
            float at = meeting(places_[last], i);
            while (last > 0 && at <= from_[last]) at = meeting(places_[--last], i);
            // The first parabola may be beaten everywhere: then its share ends before it begins.
            places_[++last] = i;
            from_[last] = at;
            from_[last + 1] = far_away;
        }
    }

    std::vector<float> costs_;
    std::vector<std::size_t> places_;
    std::vector<float> from_;
};

/// Distances of all pixels from those that cost little. Units: pixels in, pixels out.
void transform(std::vector<float>& squares, PixelSize size) {
    const auto width = static_cast<std::size_t>(size.width);
    const auto height = static_cast<std::size_t>(size.height);
    LineTransform line(std::max(width, height));
    for (std::size_t x = 0; x < width; ++x) line.apply({squares.data() + x, height, width});
    for (std::size_t y = 0; y < height; ++y) line.apply({squares.data() + y * width, width, 1});
    for (float& square : squares) square = std::sqrt(square);
}

float squared(float value) noexcept {
    return value * value;
}

/// Distance from the edge at each pixel of the coverage, negative inside.
std::vector<float> signed_distances(const std::vector<std::uint8_t>& coverage, PixelSize size) {
    std::vector<float> outside(coverage.size());
    std::vector<float> inside(coverage.size());
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        const float covered = static_cast<float>(coverage[i]) / 255;
        outside[i] = coverage[i] == 0 ? far_away : squared(std::max(0.0F, 0.5F - covered));
        inside[i] = coverage[i] == 255 ? far_away : squared(std::max(0.0F, covered - 0.5F));
    }
    transform(outside, size);
    transform(inside, size);
    for (std::size_t i = 0; i < outside.size(); ++i) outside[i] -= inside[i];
    return outside;
}

}  // namespace

std::vector<std::uint8_t> coverage_of(std::span<const std::vector<Point>> rings, PixelSize size) {
    AreaFiller filler(size);
    for (const std::vector<Point>& ring : rings) filler.add(ring);
    Coverage coverage(size);
    filler.cover(coverage);
    std::vector<std::uint8_t> bytes;
    bytes.reserve(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
    for (int y = 0; y < size.height; ++y)
        bytes.insert(bytes.end(), coverage.row(y), coverage.row(y) + size.width);
    return bytes;
}

DistanceSheet distance_sheet(const std::vector<std::uint8_t>& coverage, PixelSize size, int finer) {
    const auto distances = signed_distances(coverage, size);
    DistanceSheet sheet{{size.width / finer, size.height / finer}, 0, {}};
    sheet.distances.reserve(static_cast<std::size_t>(sheet.size.width) *
                            static_cast<std::size_t>(sheet.size.height));
    const auto at = [&](int x, int y) {
        return distances[static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) +
                         static_cast<std::size_t>(x)];
    };
    // The centre of a pixel lies on the corner of four finer ones, or in the middle of one.
    const int below = (finer - 1) / 2;
    const int above = finer / 2;
    for (int row = 0; row < sheet.size.height * finer; row += finer)
        for (int column = 0; column < sheet.size.width * finer; column += finer)
            sheet.distances.push_back(
                (at(column + below, row + below) + at(column + above, row + below) +
                 at(column + below, row + above) + at(column + above, row + above)) /
                4 / static_cast<float>(finer));
    return sheet;
}

DistanceField distance_field(const std::vector<std::uint8_t>& coverage,
                             PixelSize size,
                             const FieldForm& form) {
    const DistanceSheet sheet = distance_sheet(coverage, size, form.finer);
    DistanceField field{sheet.size, {}};
    field.values.reserve(sheet.distances.size());
    for (const float distance : sheet.distances) {
        const float value = 255 * (1 - form.cutoff - distance / form.radius);
        field.values.push_back(rounded_byte(std::clamp(value, 0.0F, 255.0F)));
    }
    return field;
}

}  // namespace relief::canvas
