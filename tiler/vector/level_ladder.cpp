#include "tiler/vector/level_ladder.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace relief::vector {
namespace {

/// A level that saves less than this share of the points of the one before is not worth its bytes.
constexpr double worthwhile = 0.7;
constexpr std::size_t sample_step = 16;
constexpr std::uint64_t few_points = 50'000;

bool saves(std::uint64_t points, std::uint64_t of) {
    return static_cast<double>(points) < worthwhile * static_cast<double>(of);
}

}  // namespace

void write_level(IndexWriter& writer, std::uint32_t number, const FinishedLevel& level) {
    writer.add({SectionKind::level, number}, std::vector{level.head});
    writer.add({SectionKind::shapes, number}, level.shapes);
    writer.add({SectionKind::tree, number}, level.tree);
    writer.add({SectionKind::geometry, number}, std::span<const std::uint8_t>(level.geometry));
}

LevelLadder::LevelLadder(IndexWriter& writer,
                         LevelDraft full,
                         Thinning& thinning,
                         const Repair& repair)
    : writer_(writer), current_(std::move(full)), thinning_(thinning), repair_(repair) {}

void LevelLadder::step_to(std::uint32_t zoom) {
    if (zoom <= deepest_generalised && seems_worthwhile(zoom)) {
        LevelDraft coarser = generalised(current_, zoom, coarsening(repair_, 1));
        if (saves(coarser.points, current_.points) || magnifies()) {
            close(zoom + 1);
            current_ = std::move(coarser);
        }
    }
    thinning_.thin(current_, zoom);
}

void LevelLadder::end() {
    close(0);
    writer_.number_levels_from(written_ - 1);
}

/// A level of its own shows small areas that the finer one holds too small to be seen; of a few
/// shapes it costs nothing.
bool LevelLadder::magnifies() const {
    return current_.points < few_points &&
           std::any_of(current_.shapes.begin(), current_.shapes.end(), [](const auto& shape) {
               return shape.kind == GeometryKind::area;
           });
}

bool LevelLadder::seems_worthwhile(std::uint32_t zoom) const {
    const std::size_t step = current_.shapes.size() < 1000 * sample_step ? 1 : sample_step;
    if (step == 1) return true;
    std::uint64_t points = 0;
    for (std::size_t i = 0; i < current_.shapes.size(); i += step)
        points += current_.shapes[i].points;
    const Repair none;
    return saves(generalised(current_, zoom, coarsening(none, sample_step)).points, points);
}

Coarsening LevelLadder::coarsening(const Repair& repair, std::size_t step) const {
    return {[this](const DraftShape& shape) { return thinning_.shown(shape); }, repair, step};
}

void LevelLadder::close(std::uint32_t first_zoom) {
    write_level(writer_, written_++, finished(current_, first_zoom, thinning_.first_zooms()));
}

}  // namespace relief::vector
