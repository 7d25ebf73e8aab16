#include "tiler/render/contour_lines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace relief::render {
namespace {

/// A square with more lines than this is all line.
constexpr std::int32_t most_lines = 4;

/// Pixels from the square's north-western centre, x east and y south: within the square 0 to 1.
struct Point {
    float x;
    float y;
};

struct Segment {
    Point from;
    Point to;
};

/// Four neighbouring centres, clockwise from the north-west.
struct Square {
    std::array<float, 4> heights;
    std::array<std::int32_t, 4> numbers;
};

constexpr std::array<Point, 4> corners{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}};

/// Where the level crosses the side from one corner to the next.
Point crossing(const Square& square, std::size_t side, double level) noexcept {
    const std::size_t next = (side + 1) % 4;
    // Always from the lower corner number: the square beyond this side finds the same point.
    const bool turned = side > 1;
    const std::size_t a = turned ? next : side;
    const std::size_t b = turned ? side : next;
    const double first = static_cast<double>(square.heights.at(a));
    const double last = static_cast<double>(square.heights.at(b));
    const auto share = static_cast<float>(std::clamp((level - first) / (last - first), 0.0, 1.0));
    const Point from = corners.at(a);
    const Point to = corners.at(b);
    return {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
}

/// The one or two segments of a line in a square.
class SegmentsOf {
public:
    SegmentsOf(const Square& square, std::int32_t number, double interval) {
        const double level = number * interval;
        std::array<bool, 4> above{};
        for (std::size_t i = 0; i < 4; ++i) above.at(i) = square.numbers.at(i) >= number;
        std::array<Point, 4> crossings{};
        std::size_t found = 0;
        for (std::size_t side = 0; side < 4; ++side)
            if (above.at(side) != above.at((side + 1) % 4))
                crossings.at(found++) = crossing(square, side, level);
        if (found == 2) add({crossings[0], crossings[1]});
        if (found == 4) add_saddle(crossings, middle_of(square) >= level, above[0]);
    }

    const Segment* begin() const noexcept { return segments_.data(); }
    const Segment* end() const noexcept { return segments_.data() + count_; }

private:
    void add(const Segment& segment) { segments_.at(count_++) = segment; }

    static double middle_of(const Square& square) noexcept {
        double sum = 0;
        for (const float height : square.heights) sum += static_cast<double>(height);
        return sum / 4;
    }

    /// The high corners are joined where the middle is high, else the low ones.
    void add_saddle(const std::array<Point, 4>& crossings, bool middle_high, bool first_high) {
        if (middle_high == first_high) {
            add({crossings[0], crossings[1]});
            add({crossings[2], crossings[3]});
        } else {
            add({crossings[3], crossings[0]});
            add({crossings[1], crossings[2]});
        }
    }

    std::array<Segment, 2> segments_{};
    std::size_t count_ = 0;
};

float distance_to(const Segment& segment, Point point) noexcept {
    const float along_x = segment.to.x - segment.from.x;
    const float along_y = segment.to.y - segment.from.y;
    const float x = point.x - segment.from.x;
    const float y = point.y - segment.from.y;
    const float length = along_x * along_x + along_y * along_y;
    const float share =
        length > 0 ? std::clamp((x * along_x + y * along_y) / length, 0.0F, 1.0F) : 0.0F;
    return std::hypot(x - share * along_x, y - share * along_y);
}

/// A picture without margin, drawn into from squares that may lie in the margin.
class Plane {
public:
    Plane(PixelSize size, std::vector<std::uint8_t>& bytes) : size_(size), bytes_(bytes) {}

    struct Place {
        int column;  ///< of the square's north-western pixel
        int row;
    };

    void stroke(Place place, const Segment& segment, float half_width) {
        const float reach = half_width + 0.5F;
        const auto low = [&](float a, float b) {
            return static_cast<int>(std::ceil(std::min(a, b) - reach));
        };
        const auto high = [&](float a, float b) {
            return static_cast<int>(std::floor(std::max(a, b) + reach));
        };
        const int left = std::max(low(segment.from.x, segment.to.x), -place.column);
        const int right =
            std::min(high(segment.from.x, segment.to.x), size_.width - 1 - place.column);
        const int top = std::max(low(segment.from.y, segment.to.y), -place.row);
        const int bottom =
            std::min(high(segment.from.y, segment.to.y), size_.height - 1 - place.row);
        for (int y = top; y <= bottom; ++y) {
            for (int x = left; x <= right; ++x) {
                const float distance =
                    distance_to(segment, {static_cast<float>(x), static_cast<float>(y)});
                cover({place.column + x, place.row + y}, reach - distance);
            }
        }
    }

    void fill(Place place) {
        for (const int y : {0, 1})
            for (const int x : {0, 1}) {
                const Place pixel{place.column + x, place.row + y};
                if (pixel.column >= 0 && pixel.row >= 0 && pixel.column < size_.width &&
                    pixel.row < size_.height)
                    cover(pixel, 1);
            }
    }

private:
    // The greatest of all is the same in whatever order squares are drawn.
    void cover(Place pixel, float share) {
        const auto level = static_cast<std::uint8_t>(std::clamp(share, 0.0F, 1.0F) * 255 + 0.5F);
        auto& byte =
            bytes_[static_cast<std::size_t>(pixel.row) * static_cast<std::size_t>(size_.width) +
                   static_cast<std::size_t>(pixel.column)];
        byte = std::max(byte, level);
    }

    PixelSize size_;
    std::vector<std::uint8_t>& bytes_;
};

class Tracer {
public:
    Tracer(const Surface& surface,
           const std::vector<std::int32_t>& numbers,
           const ContourRules& rules)
        : surface_(surface), numbers_(numbers), rules_(rules) {
        const auto pixels = static_cast<std::size_t>(surface.inner().width) *
                            static_cast<std::size_t>(surface.inner().height);
        coverage_.thin.assign(pixels, 0);
        coverage_.thick.assign(pixels, 0);
    }

    ContourCoverage run() {
        for (int row = 0; row + 1 < surface_.size.height; ++row) trace_row(row);
        return std::move(coverage_);
    }

private:
    void trace_row(int row) {
        const auto width = static_cast<std::size_t>(surface_.size.width);
        const auto first = static_cast<std::size_t>(row) * width;
        for (std::size_t i = first; i + 1 < first + width; ++i) {
            const std::array<std::int32_t, 4> around{
                numbers_[i], numbers_[i + 1], numbers_[i + 1 + width], numbers_[i + width]};
            const auto [low, high] = std::minmax({around[0], around[1], around[2], around[3]});
            if (low == high || low == no_line) continue;
            const auto& heights = surface_.heights;
            draw({{heights[i], heights[i + 1], heights[i + 1 + width], heights[i + width]}, around},
                 {static_cast<int>(i - first) - surface_.margin, row - surface_.margin});
        }
    }

    void draw(const Square& square, Plane::Place place) {
        const auto [low, high] = std::minmax_element(square.numbers.begin(), square.numbers.end());
        if (*high - *low > most_lines) return Plane(surface_.inner(), coverage_.thin).fill(place);
        for (std::int32_t number = *low + 1; number <= *high; ++number) {
            const bool is_thick = rules_.major > 0 && number % rules_.major == 0;
            Plane plane(surface_.inner(), is_thick ? coverage_.thick : coverage_.thin);
            const double width = is_thick ? rules_.thick : rules_.thin;
            for (const auto& segment : SegmentsOf(square, number, rules_.interval))
                plane.stroke(place, segment, static_cast<float>(width / 2));
        }
    }

    const Surface& surface_;
    const std::vector<std::int32_t>& numbers_;
    const ContourRules& rules_;
    ContourCoverage coverage_;
};

}  // namespace

std::vector<std::int32_t> line_numbers(const Surface& surface, double interval) {
    // Higher than any mountain at any interval, and far from where numbers end.
    constexpr double greatest = 1e9;
    std::vector<std::int32_t> numbers(surface.heights.size());
    std::transform(
        surface.heights.begin(), surface.heights.end(), numbers.begin(), [&](float height) {
            if (std::isnan(height)) return no_line;
            const double number = std::floor(static_cast<double>(height) / interval);
            return static_cast<std::int32_t>(std::clamp(number, -greatest, greatest));
        });
    return numbers;
}

int contour_margin(const ContourRules& rules) noexcept {
    return 1 + static_cast<int>(std::ceil(std::max(rules.thin, rules.thick) / 2 + 0.5));
}

ContourCoverage contour_lines(const Surface& surface,
                              const std::vector<std::int32_t>& numbers,
                              const ContourRules& rules) {
    return Tracer(surface, numbers, rules).run();
}

}  // namespace relief::render
