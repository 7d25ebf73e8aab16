#include "tiler/atlas/cluster.hpp"

#include "tiler/atlas/cluster_values.hpp"
#include "tiler/core/abbreviated_count.hpp"

#include <cmath>
#include <string>
#include <unordered_map>
#include <utility>

namespace relief::atlas {
namespace {

using symbology::WorldPlace;

constexpr std::uint32_t no_feature = 0xFFFFFFFF;

/// A point of the document, or several.
struct Mark {
    WorldPlace at;
    std::uint32_t count = 1;
    std::uint32_t feature = no_feature;  ///< of the document; no_feature: a cluster
    std::uint64_t id = 0;                ///< of a cluster
    ClusterValues values{};              ///< of a cluster
};

std::uint64_t cell_key(std::int64_t column, std::int64_t row) noexcept {
    return (static_cast<std::uint64_t>(column) << 32U) ^ static_cast<std::uint32_t>(row);
}

/// How many marks may yet be looked at, over all zooms. A few dozen looks for each point are usual;
/// where so many must lie together to be one that few are, each would be compared with all.
struct Effort {
    explicit Effort(std::size_t points)
        : left((std::int64_t{1} << 26U) + static_cast<std::int64_t>(points) * 1024) {}
    bool spent() const noexcept { return left < 0; }
    std::int64_t left;
};

/// Which marks lie near: cells as wide as the radius.
class Grid {
public:
    Grid(const std::vector<Mark>& marks, double radius, Effort& effort)
        : marks_(marks), radius_(radius), effort_(effort) {
        for (std::uint32_t i = 0; i < marks.size(); ++i)
            cells_[cell_key(cell(marks[i].at.x), cell(marks[i].at.y))].push_back(i);
    }

    template <typename Visit>
    void each_near(const WorldPlace& at, const Visit& visit) {
        for (std::int64_t row = cell(at.y) - 1; row <= cell(at.y) + 1; ++row)
            for (std::int64_t column = cell(at.x) - 1; column <= cell(at.x) + 1; ++column) {
                const auto found = cells_.find(cell_key(column, row));
                if (found == cells_.end()) continue;
                effort_.left -= static_cast<std::int64_t>(found->second.size());
                for (const std::uint32_t i : found->second)
                    if (std::hypot(marks_[i].at.x - at.x, marks_[i].at.y - at.y) <= radius_)
                        visit(i);
            }
    }

private:
    std::int64_t cell(double place) const noexcept {
        return static_cast<std::int64_t>(std::floor(place / radius_));
    }

    const std::vector<Mark>& marks_;
    double radius_;
    Effort& effort_;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> cells_;
};

std::vector<Mark> marks_of(const WorldFeatures& features) {
    std::vector<Mark> marks;
    for (std::uint32_t i = 0; i < features.features.size(); ++i) {
        const WorldFeature& feature = features.features[i];
        if (feature.kind != GeometryKind::point) continue;
        for (std::uint32_t path = 0; path < feature.paths; ++path) {
            const TilePath& run = features.paths[feature.first_path + path];
            for (std::uint32_t point = run.first; point < run.first + run.count; ++point)
                marks.push_back({features.points[point], 1, i, 0, {}});
        }
    }
    return marks;
}

struct Join {
    double radius;  ///< of the world's side
    double least_points;
    std::uint32_t zoom;
};

/// Joins the marks of one zoom.
class Joiner {
public:
    Joiner(const std::vector<Mark>& marks, const Join& join, ClusterSums& sums, Effort& effort)
        : marks_(marks),
          join_(join),
          sums_(sums),
          effort_(effort),
          grid_(marks, join.radius, effort),
          taken_(marks.size()) {}

    /// Not all of them once the effort is spent.
    std::vector<Mark> joined() {
        std::vector<Mark> out;
        for (std::uint32_t i = 0; i < marks_.size() && !effort_.spent(); ++i)
            if (!taken_[i]) out.push_back(around(i));
        return out;
    }

private:
    /// The mark with what lies near, or by itself.
    Mark around(std::uint32_t i) {
        Mark sum{{0, 0}, 0, no_feature, (std::uint64_t{i} << 5U) + join_.zoom + 1, {}};
        const auto each_free = [&](const auto& visit) {
            grid_.each_near(marks_[i].at, [&](std::uint32_t near) {
                if (!taken_[near]) visit(near);
            });
        };
        each_free([&](std::uint32_t near) {
            const Mark& mark = marks_[near];
            sum.at = {sum.at.x + mark.at.x * mark.count, sum.at.y + mark.at.y * mark.count};
            sum.count += mark.count;
        });
        const bool alone = sum.count == marks_[i].count || sum.count < join_.least_points;
        if (alone) {
            taken_[i] = true;
            return marks_[i];
        }
        sum.at = {sum.at.x / sum.count, sum.at.y / sum.count};
        if (!sums_.names().empty()) {
            sum.values = values_of(i);
            each_free([&](std::uint32_t near) {
                if (near != i) sums_.add(sum.values, values_of(near));
            });
        }
        each_free([&](std::uint32_t near) { taken_[near] = true; });
        return sum;
    }

    ClusterValues values_of(std::uint32_t i) {
        const Mark& mark = marks_[i];
        return mark.feature == no_feature ? mark.values : sums_.of_feature(mark.feature);
    }

    const std::vector<Mark>& marks_;
    Join join_;
    ClusterSums& sums_;
    const Effort& effort_;
    Grid grid_;
    std::vector<bool> taken_;
};

/// Writes marks as features, with the keys and values of the document and those of clusters.
class Writer {
public:
    Writer(const WorldFeatures& document, const std::vector<std::string>& properties)
        : document_(document), first_key_(static_cast<std::uint32_t>(document.keys.size())) {
        out_.keys = document.keys;
        out_.values = document.values;
        out_.keys.insert(out_.keys.end(),
                         {"cluster", "cluster_id", "point_count", "point_count_abbreviated"});
        out_.keys.insert(out_.keys.end(), properties.begin(), properties.end());
    }

    WorldFeatures write(const std::vector<Mark>& marks) {
        for (const Mark& mark : marks) add(mark);
        return std::move(out_);
    }

private:
    void add(const Mark& mark) {
        WorldFeature feature;
        feature.first_path = static_cast<std::uint32_t>(out_.paths.size());
        feature.paths = 1;
        out_.paths.push_back({static_cast<std::uint32_t>(out_.points.size()), 1});
        out_.points.push_back(mark.at);
        out_.importance.push_back(0);
        feature.extent.add(mark.at);
        feature.first_tag = static_cast<std::uint32_t>(out_.tags.size());
        if (mark.feature == no_feature) {
            feature.id = mark.id;
            add_cluster_tags(mark);
        } else {
            const WorldFeature& from = document_.features[mark.feature];
            feature.id = from.id;
            const auto tags = document_.tags.begin() + from.first_tag;
            out_.tags.insert(out_.tags.end(), tags, tags + from.tags);
        }
        feature.tags = static_cast<std::uint32_t>(out_.tags.size()) - feature.first_tag;
        out_.features.push_back(feature);
    }

    void add_cluster_tags(const Mark& mark) {
        const auto count = static_cast<double>(mark.count);
        tag(0, true);
        tag(1, static_cast<double>(mark.id));
        tag(2, count);
        tag(3, abbreviated_count(mark.count));
        for (std::uint32_t i = 0; i < mark.values.size(); ++i)
            if (mark.values[i]) tag(4 + i, *mark.values[i]);
    }

    void tag(std::uint32_t key, AttributeValue value) {
        out_.tags.push_back(first_key_ + key);
        out_.tags.push_back(static_cast<std::uint32_t>(out_.values.size()));
        out_.values.push_back(std::move(value));
    }

    const WorldFeatures& document_;
    WorldFeatures out_;
    std::uint32_t first_key_;  ///< of those of clusters
};

}  // namespace

Result<std::vector<WorldFeatures>> clustered(const WorldFeatures& features,
                                             const ClusterRule& rule) {
    std::vector<WorldFeatures> zooms(rule.deepest + 1);
    std::vector<Mark> marks = marks_of(features);
    ClusterSums sums(features, rule.properties);
    Effort effort(marks.size());
    const bool enough = static_cast<double>(marks.size()) >= rule.least_points;
    for (std::uint32_t zoom = rule.deepest + 1; zoom-- > 0;) {
        const double radius = rule.radius / (512 * std::exp2(static_cast<double>(zoom)));
        if (radius > 0 && enough) {
            auto joined = Joiner(marks, {radius, rule.least_points, zoom}, sums, effort).joined();
            marks = std::move(joined);
        }
        if (effort.spent())
            return Error{Fault::too_large,
                         "its points lie too close to be compared with each other; a smaller "
                         "clusterRadius or clusterMinPoints makes clusters of them"};
        zooms[zoom] = Writer(features, sums.names()).write(marks);
    }
    return zooms;
}

}  // namespace relief::atlas
