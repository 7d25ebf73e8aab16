#include "tiler/source/grib_messages.hpp"

#include "tiler/source/gdal_dataset.hpp"

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
    // No second of a year beyond 9999, which Instant cannot hold.
    constexpr std::int64_t latest = 253'402'300'799;
    if (error != std::errc{} || end == text.data() || std::abs(seconds) > latest)
        return std::nullopt;
    return Instant{seconds * 1000};
}

/// The moment that a message is valid for, or the period: of a sum, a mean or an extreme over a
/// time (WMO 306, templates 4.8 to 4.15), GDAL gives the end of the interval as the valid time and
/// its begin as the forecast's. Without its last millisecond, where the next one begins.
std::optional<InstantRange> time_of(GDALRasterBand& band, const std::optional<Instant>& run) {
    const auto valid = seconds_in(band, "GRIB_VALID_TIME");
    if (!valid) return std::nullopt;
    const auto ahead = seconds_in(band, "GRIB_FORECAST_SECONDS");
    if (!run || !ahead) return InstantRange(*valid);
    const Instant begin{run->milliseconds + ahead->milliseconds};
    if (begin >= *valid) return InstantRange(*valid);
    return InstantRange(begin, Instant{valid->milliseconds - 1});
}

/// A GRIB message, as far as it tells it from the others of its variable.
struct Message {
    int band = 0;
    std::optional<InstantRange> time;
    std::string level;
    std::string run;
};

/// Whether messages cannot be told apart by these.
bool has_equals(const std::vector<Message>& messages, bool with_run) {
    std::set<std::tuple<std::optional<InstantRange>, std::string, std::string>> seen;
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
                              time_of(band, run),
                              item_of(band, "GRIB_SHORT_NAME"),
                              run ? to_text(*run) : std::string()});
    }
    for (Variable& variable : variables) arrange(messages[variable.name], variable);
    return variables;
}

}  // namespace relief::source
