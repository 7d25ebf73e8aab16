#include "tiler/symbology/brush.hpp"

#include "tiler/symbology/setting.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace relief::symbology {
namespace {

float remainder_of(double value, double step) {
    return static_cast<float>(value - std::floor(value / step) * step);
}

}  // namespace

std::vector<double> numbers_in(const expression::Value& value) {
    std::vector<double> numbers;
    for (const expression::Value& item : value.items()) numbers.push_back(item.as_number());
    for (const double number : value.numbers()) numbers.push_back(number);
    return numbers;
}

canvas::Ink ink_of(const expression::Rgba& color, double opacity) {
    const double alpha = std::clamp(color.alpha * opacity, 0.0, 1.0);
    const auto part = [&](double value) {
        const double held = std::clamp(value, 0.0, 1.0) * alpha;
        return static_cast<std::uint8_t>(std::lround(held * 255));
    };
    return {part(color.red), part(color.green), part(color.blue), part(1)};
}

canvas::Point translation(const Brush& brush, std::string_view type) {
    const std::string name = std::string(type) + "-translate";
    const auto by = numbers_in(brush.layer.value(name, brush.evaluation));
    if (by.size() != 2 || !std::isfinite(by[0] + by[1])) return {};
    const double ratio = brush.frame.view().ratio;
    const double x = std::clamp(by[0] * ratio, -1e5, 1e5);
    const double y = std::clamp(by[1] * ratio, -1e5, 1e5);
    if (brush.layer.value(name + "-anchor", brush.evaluation).as_text() == "viewport")
        return {static_cast<float>(x), static_cast<float>(y)};
    const double turn = brush.frame.view().bearing * std::numbers::pi / 180;
    return {static_cast<float>(x * std::cos(turn) + y * std::sin(turn)),
            static_cast<float>(y * std::cos(turn) - x * std::sin(turn))};
}

canvas::Placement pattern_placement(const ViewFrame& frame, const StyleImage& image) {
    const View& view = frame.view();
    const double whole = std::floor(view.zoom);
    // Style pixels of the whole zoom: a world's side is 512 × 2^whole of them.
    const double side = 512 * std::exp2(whole);
    const double grown = std::exp2(view.zoom - whole) * view.ratio;
    const double step = grown / image.ratio;
    const double turn = view.bearing * std::numbers::pi / 180;
    const canvas::Point across{static_cast<float>(std::cos(turn) * step),
                               static_cast<float>(-std::sin(turn) * step)};
    // The repetition that holds the picture's middle: numbers near it stay exact.
    const double width = image.pixels.size().width / image.ratio;
    const double height = image.pixels.size().height / image.ratio;
    const float left = remainder_of(view.centre.x * side, width);
    const float up = remainder_of(view.centre.y * side, height);
    const auto scale = static_cast<float>(image.ratio);
    const canvas::Point down{-across.y, across.x};
    const canvas::Point middle{static_cast<float>(view.size.width) / 2,
                               static_cast<float>(view.size.height) / 2};
    return {middle - across * (left * scale) - down * (up * scale), across, down};
}

PieceFeatures::PieceFeatures(const Brush& brush,
                             const FeaturePiece& piece,
                             std::string_view sort_key)
    : keys_(*piece.features, brush.style.keys), view_(keys_), evaluation_(brush.evaluation) {
    evaluation_.feature = &view_;
    evaluation_.scratch = &brush.of_feature;
    evaluation_.tile = piece.square.tile;
    const stylesheet::Property* const key = brush.layer.property(sort_key);
    std::vector<double> keys;
    const auto count = static_cast<std::uint32_t>(piece.features->features.size());
    for (std::uint32_t number = 0; number < count; ++number) {
        look_at(number);
        if (!brush.layer.takes(evaluation_)) continue;
        order_.push_back(number);
        if (key == nullptr) continue;
        keys.resize(count);
        keys[number] = number_in(key->evaluate(evaluation_));
    }
    if (!keys.empty())
        std::stable_sort(
            order_.begin(), order_.end(), [&](auto a, auto b) { return keys[a] < keys[b]; });
}

void PieceFeatures::look_at(std::uint32_t number) {
    evaluation_.scratch->clear();
    view_.look_at(keys_.tile().features[number]);
}

bool is_exterior(const FeatureTile& tile, const TilePath& ring) noexcept {
    double sum = 0;
    for (std::uint32_t i = 0; i < ring.count; ++i) {
        const TilePoint& a = tile.points[ring.first + i];
        const TilePoint& b = tile.points[ring.first + (i + 1 == ring.count ? 0 : i + 1)];
        sum += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
    }
    return sum > 0;
}

Outline::Outline(const ViewFrame& frame, const FeaturePiece& piece, canvas::Point shift)
    : tile_(piece.features.get()),
      size_(frame.view().size),
      placement_(frame.placement_of(piece.square, tile_extent)) {
    placement_.origin = placement_.origin + shift;
}

bool Outline::take(const TileFeature& feature, float margin) {
    points_.clear();
    ends_.clear();
    canvas::Point low{1e30F, 1e30F};
    canvas::Point high{-1e30F, -1e30F};
    for (std::uint32_t i = 0; i < feature.paths; ++i) {
        const TilePath& path = tile_->paths[feature.first_path + i];
        for (std::uint32_t point = path.first; point < path.first + path.count; ++point) {
            const TilePoint& unit = tile_->points[point];
            const canvas::Point at =
                placement_({static_cast<float>(unit.x), static_cast<float>(unit.y)});
            low = {std::min(low.x, at.x), std::min(low.y, at.y)};
            high = {std::max(high.x, at.x), std::max(high.y, at.y)};
            points_.push_back(at);
        }
        ends_.push_back(points_.size());
    }
    return high.x >= -margin && high.y >= -margin &&
           low.x <= static_cast<float>(size_.width) + margin &&
           low.y <= static_cast<float>(size_.height) + margin;
}

canvas::Points Outline::path(std::size_t number) const noexcept {
    const std::size_t first = number == 0 ? 0 : ends_[number - 1];
    return {points_.data() + first, ends_[number] - first};
}

canvas::Clip clip_of(const ViewFrame& frame, const FeaturePiece& piece, canvas::Point shift) {
    auto corners = frame.corners_of(piece.square);
    for (canvas::Point& corner : corners) corner = corner + shift;
    return canvas::Clip::inside(corners, frame.view().size);
}

}  // namespace relief::symbology
