#include "tiler/source/variable_slices.hpp"

#include "tiler/source/time_bounds.hpp"

#include <gdal_priv.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace relief::source {
namespace {

std::string item_of(GDALMajorObject& object, const std::string& name) {
    const char* text = object.GetMetadataItem(name.c_str());
    return text != nullptr ? text : "";
}

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

/// "Temperature [K]" → "Temperature".
std::string without_unit(std::string text) {
    const std::size_t bracket = text.rfind(" [");
    if (bracket != std::string::npos) text.resize(bracket);
    return text;
}

std::optional<Instant> seconds_in(GDALRasterBand& band, const char* name) {
    const std::string text = item_of(band, name);
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end == text.data()) return std::nullopt;
    return Instant{seconds * 1000};
}

/// A GRIB message, as far as it tells it from the others of its variable.
struct Message {
    int band = 0;
    std::optional<Instant> time;
    std::string level;
    std::string run;
};

/// Whether messages cannot be told apart by these.
bool has_equals(const std::vector<Message>& messages, bool with_run) {
    std::set<std::tuple<std::optional<Instant>, std::string, std::string>> seen;
    return std::any_of(messages.begin(), messages.end(), [&](const Message& one) {
        return !seen.emplace(one.time, one.level, with_run ? one.run : std::string()).second;
    });
}

/// The axis of what differs between messages; none when nothing does.
std::optional<VariableAxis> axis_of(const char* name,
                                    const std::vector<Message>& messages,
                                    std::string Message::*member) {
    VariableAxis axis{name, {}, {}};
    for (const Message& message : messages) {
        const std::string& value = message.*member;
        if (std::find(axis.values.begin(), axis.values.end(), value) == axis.values.end())
            axis.values.push_back(value);
    }
    return axis.values.size() > 1 ? std::optional(std::move(axis)) : std::nullopt;
}

void arrange(const std::vector<Message>& messages, Variable& variable) {
    std::vector<std::string Message::*> members;
    const auto part_by = [&](const char* name, std::string Message::*member) {
        if (auto axis = axis_of(name, messages, member)) {
            variable.axes.push_back(std::move(*axis));
            members.push_back(member);
        }
    };
    part_by("level", &Message::level);
    if (has_equals(messages, false)) part_by("run", &Message::run);
    if (has_equals(messages, true)) {
        variable.problem =
            "several of its messages have the same time and level (members of an ensemble, or "
            "other periods), which cannot be told apart here";
        return;
    }
    for (const Message& message : messages) {
        VariableSlice slice{message.band, message.time, {}};
        for (std::size_t i = 0; i < members.size(); ++i) {
            const auto& values = variable.axes[i].values;
            const auto found = std::find(values.begin(), values.end(), message.*members[i]);
            slice.at.push_back(static_cast<std::size_t>(found - values.begin()));
        }
        variable.slices.push_back(std::move(slice));
    }
}

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

std::vector<Variable> variables_of_messages(GDALDataset& dataset, const std::string& path) {
    std::vector<Variable> variables;
    std::map<std::string, std::vector<Message>> messages;
    for (int number = 1; number <= dataset.GetRasterCount(); ++number) {
        GDALRasterBand& band = *dataset.GetRasterBand(number);
        const std::string element = item_of(band, "GRIB_ELEMENT");
        std::vector<Message>& of_element = messages[element];
        if (of_element.empty()) {
            Variable variable;
            variable.name = element;
            variable.title = without_unit(item_of(band, "GRIB_COMMENT"));
            variable.unit = item_of(band, "GRIB_UNIT");
            variable.dataset = path;
            variables.push_back(std::move(variable));
        }
        const auto run = seconds_in(band, "GRIB_REF_TIME");
        of_element.push_back({number,
                              seconds_in(band, "GRIB_VALID_TIME"),
                              item_of(band, "GRIB_SHORT_NAME"),
                              run ? to_text(*run) : std::string()});
    }
    for (Variable& variable : variables) arrange(messages[variable.name], variable);
    return variables;
}

}  // namespace relief::source
