#include "tiler/geo/box_tree.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relief::geo {
namespace {

using Entries = std::vector<BoxTree::Entry>;

double middle_x(const BoxTree::Entry& entry) noexcept {
    return entry.box.west + entry.box.east;
}
double middle_y(const BoxTree::Entry& entry) noexcept {
    return entry.box.south + entry.box.north;
}

/// Slices from west to east, each sorted from south to north, so that neighbours share a node.
void sort_tiles(Entries& entries, std::size_t fan) {
    const auto nodes = static_cast<double>((entries.size() + fan - 1) / fan);
    const auto slices = static_cast<std::size_t>(std::ceil(std::sqrt(nodes)));
    const std::size_t slice = std::max<std::size_t>(slices, 1) * fan;
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
        return middle_x(a) < middle_x(b);
    });
    for (std::size_t from = 0; from < entries.size(); from += slice) {
        const std::size_t to = std::min(from + slice, entries.size());
        std::sort(entries.begin() + static_cast<std::ptrdiff_t>(from),
                  entries.begin() + static_cast<std::ptrdiff_t>(to),
                  [](const auto& a, const auto& b) { return middle_y(a) < middle_y(b); });
    }
}

void widen(PlaneBox& box, const PlaneBox& by) noexcept {
    box.west = std::min(box.west, by.west);
    box.south = std::min(box.south, by.south);
    box.east = std::max(box.east, by.east);
    box.north = std::max(box.north, by.north);
}

}  // namespace

BoxTree::BoxTree(std::vector<Entry> entries) : nodes_(std::move(entries)), leaves_(nodes_.size()) {
    sort_tiles(nodes_, fan);
    nodes_.reserve(leaves_ + leaves_ / (fan - 1) + 8);
    std::size_t from = 0;
    std::size_t to = leaves_;
    level_starts_.push_back(0);
    while (to - from > 1) {
        level_starts_.push_back(to);
        for (std::size_t first = from; first < to; first += fan) {
            Entry node{nodes_[first].box, static_cast<std::uint32_t>(first)};
            for (std::size_t i = first + 1; i < std::min(first + fan, to); ++i)
                widen(node.box, nodes_[i].box);
            nodes_.push_back(node);
        }
        from = to;
        to = nodes_.size();
    }
}

std::vector<std::uint32_t> BoxTree::found(const PlaneBox& box) const {
    std::vector<std::uint32_t> names;
    if (nodes_.empty()) return names;
    std::vector<std::size_t> open{nodes_.size() - 1};
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        const Entry& node = nodes_[at];
        if (!touch(node.box, box)) continue;
        if (at < leaves_) {
            names.push_back(node.name);
            continue;
        }
        // The children end where the level above them begins.
        const auto above = std::upper_bound(level_starts_.begin(), level_starts_.end(), node.name);
        const std::size_t end = std::min<std::size_t>(node.name + fan, *above);
        for (std::size_t child = node.name; child < end; ++child) open.push_back(child);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

}  // namespace relief::geo
