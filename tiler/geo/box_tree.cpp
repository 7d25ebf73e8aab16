#include "tiler/geo/box_tree.hpp"

#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace relief::geo {
namespace {

namespace bg = boost::geometry;
using PlanePoint = bg::model::point<double, 2, bg::cs::cartesian>;
using TreeBox = bg::model::box<PlanePoint>;
using NamedBox = std::pair<TreeBox, std::uint32_t>;

TreeBox tree_box(const PlaneBox& box) {
    return {{box.west, box.south}, {box.east, box.north}};
}

std::vector<NamedBox> named_boxes(const std::vector<BoxTree::Entry>& entries) {
    std::vector<NamedBox> boxes;
    boxes.reserve(entries.size());
    for (const auto& entry : entries) boxes.emplace_back(tree_box(entry.box), entry.name);
    return boxes;
}

}  // namespace

struct BoxTree::Nodes {
    bg::index::rtree<NamedBox, bg::index::linear<16>> tree;
};

// Given all boxes at once, the tree packs them.
BoxTree::BoxTree(const std::vector<Entry>& entries)
    : nodes_(std::make_shared<const Nodes>(Nodes{decltype(Nodes::tree)(named_boxes(entries))})) {}

std::vector<std::uint32_t> BoxTree::found(const PlaneBox& box) const {
    std::vector<std::uint32_t> names;
    if (!nodes_) return names;
    const auto touching = bg::index::intersects(tree_box(box));
    for (auto hit = nodes_->tree.qbegin(touching); hit != nodes_->tree.qend(); ++hit)
        names.push_back(hit->second);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

}  // namespace relief::geo
