#include "tiler/source/variable_slices.hpp"

#include "tiler/source/gdal_dataset.hpp"
#include "tiler/source/time_bounds.hpp"

#include <gdal_priv.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

namespace relief::source {
namespace {

/// "{time,level}" → its words; a single one may stand without braces.
std::vector<std::string> words_in_braces(std::string text) {
    std::erase_if(text, [](char c) { return c == '{' || c == '}' || c == ' '; });
    std::vector<std::string> words;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

/// A dimension of a NetCDF variable, the fastest last.
struct Dimension {
    std::string name;
    std::string unit;
    std::size_t length = 0;
    bool time = false;
};

std::size_t length_of(GDALDataset& dataset, const std::string& name) {
    const auto words = words_in_braces(item_of(dataset, "NETCDF_DIM_" + name + "_DEF"));
    return words.empty() ? 0 : std::strtoul(words.front().c_str(), nullptr, 10);
}

std::vector<Dimension> dimensions_of(GDALDataset& dataset) {
    std::vector<Dimension> dimensions;
    bool timed = false;
    for (const std::string& name : words_in_braces(item_of(dataset, "NETCDF_DIM_EXTRA"))) {
        Dimension dimension{name, item_of(dataset, name + "#units"), length_of(dataset, name)};
        // A second one is when a forecast was begun; it is chosen as any other.
        dimension.time = !timed && TimeAxis::is_time(dimension.unit);
        timed = timed || dimension.time;
        dimensions.push_back(std::move(dimension));
    }
    return dimensions;
}

bool is_of_bands(const std::vector<Dimension>& dimensions) {
    return dimensions.size() == 1 &&
           (dimensions.front().name == "band" || dimensions.front().name == "bands");
}

std::size_t product_of(const std::vector<Dimension>& dimensions) {
    std::size_t product = 1;
    for (const Dimension& dimension : dimensions) product *= dimension.length;
    return product;
}

/// The numbers of a band's place along each dimension.
std::vector<std::size_t> place_along(const std::vector<Dimension>& dimensions, std::size_t band) {
    std::vector<std::size_t> place(dimensions.size());
    for (std::size_t i = dimensions.size(); i-- > 0;) {
        place[i] = band % dimensions[i].length;
        band /= dimensions[i].length;
    }
    return place;
}

Result<double> step_number(const std::string& text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return bad_request("its time axis has no number for each step");
    return number;
}

/// Walks the bands of a NetCDF variable.
class DimensionWalk {
public:
    struct File {
        GDALDataset& dataset;
        const std::string& path;
    };
    DimensionWalk(const File& file, std::vector<Dimension> dimensions, Variable& variable)
        : dataset_(file.dataset),
          path_(file.path),
          dimensions_(std::move(dimensions)),
          variable_(variable) {
        for (const Dimension& dimension : dimensions_) {
            if (dimension.time || dimension.length < 2) continue;
            variable_.axes.push_back(
                {dimension.name, dimension.unit, std::vector<std::string>(dimension.length)});
        }
    }

    Result<void> run() {
        const auto times = find_times();
        if (!times) return times.error();
        for (int band = 1; band <= dataset_.GetRasterCount(); ++band) {
            if (auto done = take(band, *times); !done) return done.error();
        }
        return {};
    }

private:
    Result<std::optional<TimeSteps>> find_times() {
        for (const Dimension& dimension : dimensions_) {
            if (!dimension.time) continue;
            const std::string calendar = item_of(dataset_, dimension.name + "#calendar");
            const auto axis = TimeAxis::parse({dimension.unit, calendar});
            if (!axis) return axis.error();
            return std::optional(TimeSteps{*axis, bounds_of(dimension)});
        }
        return std::optional<TimeSteps>{};
    }

    /// A value "at a point" of time holds for the moment, whatever the bounds.
    std::vector<TimeBounds> bounds_of(const Dimension& dimension) {
        const std::string array = item_of(dataset_, dimension.name + "#bounds");
        const std::string methods = item_of(*dataset_.GetRasterBand(1), "cell_methods");
        const bool at_points = methods.find(dimension.name + ": point") != std::string::npos;
        if (array.empty() || at_points) return {};
        return read_time_bounds(path_, {array, dimension.length});
    }

    Result<void> take(int band, const std::optional<TimeSteps>& times) {
        VariableSlice slice{band, {}, {}};
        const auto place = place_along(dimensions_, static_cast<std::size_t>(band) - 1);
        for (std::size_t i = 0; i < dimensions_.size(); ++i) {
            const Dimension& dimension = dimensions_[i];
            std::string text =
                item_of(*dataset_.GetRasterBand(band), "NETCDF_DIM_" + dimension.name);
            if (dimension.time) {
                const auto number = step_number(text);
                if (!number) return number.error();
                const auto time = times->at({*number, place[i]});
                if (!time) return time.error();
                slice.time = *time;
            } else if (dimension.length > 1) {
                // A dimension without a coordinate variable is counted.
                if (text.empty()) text = std::to_string(place[i]);
                variable_.axes[slice.at.size()].values[place[i]] = std::move(text);
                slice.at.push_back(place[i]);
            }
        }
        variable_.slices.push_back(std::move(slice));
        return {};
    }

    GDALDataset& dataset_;
    const std::string& path_;
    std::vector<Dimension> dimensions_;
    Variable& variable_;
};

}  // namespace

void take_dimensions(GDALDataset& dataset, const std::string& path, Variable& variable) {
    std::vector<Dimension> dimensions = dimensions_of(dataset);
    const bool plain = dimensions.empty() || is_of_bands(dimensions) ||
                       product_of(dimensions) != static_cast<std::size_t>(dataset.GetRasterCount());
    if (plain) {
        variable.slices.push_back({});
        return;
    }
    const auto walked = DimensionWalk({dataset, path}, std::move(dimensions), variable).run();
    if (walked) return;
    variable.problem = walked.error().what;
    variable.slices.clear();
}

}  // namespace relief::source
