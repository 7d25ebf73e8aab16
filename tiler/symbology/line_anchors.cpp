#include "tiler/symbology/line_anchors.hpp"

#include <array>
#include <cmath>
#include <deque>

namespace relief::symbology {
namespace {

using canvas::Point;
using canvas::Points;

/// Of one line. More are wanted only of tiles that are shown so much too large that most anchors
/// lie outside of the picture; without an end they would fill the memory.
constexpr int most_anchors = 500'000;

float length_of(Point way) noexcept {
    return std::hypot(way.x, way.y);
}

float length_of(Points line) noexcept {
    float sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i) sum += length_of(line[i] - line[i - 1]);
    return sum;
}

/// How far the line turns at a point between two others.
float turn_at(Points line, std::size_t i) noexcept {
    const Point a = line[i] - line[i - 1];
    const Point b = line[i + 1] - line[i];
    return std::abs(std::atan2(canvas::cross(a, b), canvas::dot(a, b)));
}

/// Whether a symbol on the anchor lies on the line, and nowhere on too sharp a bend.
bool is_straight_enough(Points line, const LineAnchor& anchor, const AnchorWish& wish) {
    if (!(wish.bend_window > 0)) return true;
    // Back to where the symbol begins.
    std::size_t i = anchor.segment;
    float at = -length_of(anchor.at - line[i]);
    while (at > -wish.length / 2) {
        if (i == 0) return false;
        --i;
        at -= length_of(line[i + 1] - line[i]);
    }
    std::deque<std::pair<float, float>> bends;  // where, by how much
    float sum = 0;
    for (at += length_of(line[i + 1] - line[i]), ++i; at < wish.length / 2; ++i) {
        if (i + 1 >= line.size()) return false;
        bends.emplace_back(at, turn_at(line, i));
        sum += bends.back().second;
        while (at - bends.front().first > wish.bend_window) {
            sum -= bends.front().second;
            bends.pop_front();
        }
        if (sum > wish.most_bend) return false;
        at += length_of(line[i + 1] - line[i]);
    }
    return true;
}

std::vector<LineAnchor> spread(Points line, float first, float spacing, const AnchorWish& wish) {
    std::vector<LineAnchor> anchors;
    const float whole = length_of(line);
    const auto place = [&](int number) { return first + static_cast<float>(number) * spacing; };
    float passed = 0;
    int number = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const Point way = line[i + 1] - line[i];
        const float length = length_of(way);
        for (; number < most_anchors && place(number) < passed + length; ++number) {
            const float next = place(number);
            const Point exact = line[i] + way * ((next - passed) / length);
            const Point at{std::round(exact.x), std::round(exact.y)};
            const bool inside =
                exact.x >= 0 && exact.y >= 0 && exact.x < wish.side && exact.y < wish.side;
            if (!inside || next - wish.length / 2 < 0 || next + wish.length / 2 > whole) continue;
            if (is_straight_enough(line, {at, i}, wish)) anchors.push_back({at, i});
        }
        passed += length;
    }
    return anchors;
}

bool on_edge(Point at, float side) noexcept {
    return at.x == 0 || at.y == 0 || at.x == side || at.y == side;
}

/// The shares of a segment between which it lies in [0, side] of one axis.
bool narrow(float from, float way, float side, std::array<float, 2>& within) noexcept {
    if (way == 0) return from >= 0 && from <= side;
    const float a = -from / way;
    const float b = (side - from) / way;
    within[0] = std::max(within[0], std::min(a, b));
    within[1] = std::min(within[1], std::max(a, b));
    return within[0] <= within[1];
}

}  // namespace

std::vector<LineAnchor> line_anchors(Points line, const AnchorWish& wish) {
    if (line.size() < 2) return {};
    const float whole = length_of(line);
    if (!(wish.spacing > 0)) return spread(line, whole / 2, whole, wish);
    const bool goes_on = on_edge(line.front(), wish.side);
    float spacing = wish.spacing;
    // Symbols that are long against their spacing keep a quarter of it between them.
    if (spacing - wish.length < spacing / 4) spacing = wish.length + spacing / 4;
    const float first = std::fmod(goes_on ? spacing / 2 : wish.length / 2 + wish.margin, spacing);
    auto anchors = spread(line, first, spacing, wish);
    // A line of its own that is short has its symbol in the middle.
    if (anchors.empty() && !goes_on) anchors = spread(line, whole / 2, whole, wish);
    return anchors;
}

std::vector<std::vector<Point>> pieces_within(Points line, float side) {
    std::vector<std::vector<Point>> pieces;
    bool open = false;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const Point from = line[i];
        const Point way = line[i + 1] - from;
        std::array<float, 2> within{0, 1};
        if (!narrow(from.x, way.x, side, within) || !narrow(from.y, way.y, side, within)) {
            open = false;
            continue;
        }
        const auto at = [&](float share) {
            const Point exact = from + way * share;
            return Point{std::round(exact.x), std::round(exact.y)};
        };
        if (!open || within[0] > 0) pieces.push_back({within[0] > 0 ? at(within[0]) : from});
        pieces.back().push_back(within[1] < 1 ? at(within[1]) : line[i + 1]);
        open = within[1] >= 1;
    }
    return pieces;
}

}  // namespace relief::symbology
