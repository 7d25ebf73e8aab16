#include "tiler/workspace/json_members.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace relief::workspace {
namespace {

using nlohmann::json;

const json& nothing() {
    static const json null;
    return null;
}
const json& no_entries() {
    static const json list = json::array();
    return list;
}

}  // namespace

json write_number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    return value;
}

std::optional<double> read_number(const json& value) {
    if (value.is_number()) return value.get<double>();
    if (value == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (value == "Infinity") return std::numeric_limits<double>::infinity();
    if (value == "-Infinity") return -std::numeric_limits<double>::infinity();
    return std::nullopt;
}

std::optional<std::int64_t> read_integer(const json& value, Integers range) {
    if (!value.is_number_integer()) return std::nullopt;
    // An unsigned number above 2^63 would turn negative.
    const bool fits = !value.is_number_unsigned() ||
                      value.get<std::uint64_t>() <=
                          static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!fits) return std::nullopt;
    const auto number = value.get<std::int64_t>();
    if (number < range.low || number > range.high) return std::nullopt;
    return number;
}

Members::Members(const json& object, std::string path, std::optional<Error>& problem)
    : object_(&object), path_(std::move(path)), problem_(&problem) {
    if (good() && !object.is_object()) {
        *problem_ = source_broken("the description of the raster " +
                                  (path_.empty() ? "is not JSON" : "has no object " + path_));
    }
}

void Members::fail(std::string_view name, std::string_view what) {
    if (!good()) return;
    *problem_ =
        source_broken("the description of the raster is broken: " + path_ +
                      (path_.empty() ? "" : ".") + std::string(name) + " " + std::string(what));
}

bool Members::has(const char* name) const {
    return object_->is_object() && object_->contains(name);
}

const json& Members::any(const char* name) {
    if (!object_->is_object()) return nothing();
    const auto found = object_->find(name);
    if (found != object_->end()) return *found;
    fail(name, "is missing");
    return nothing();
}

double Members::number(const char* name) {
    const auto number = read_number(any(name));
    if (!number) fail(name, "is not a number");
    return number.value_or(0);
}

double Members::finite(const char* name) {
    const double value = number(name);
    if (!std::isfinite(value)) fail(name, "is not finite");
    return value;
}

std::int64_t Members::integer(const char* name, Integers range) {
    const auto number = read_integer(any(name), range);
    if (!number) {
        fail(name,
             "is not a whole number from " + std::to_string(range.low) + " to " +
                 std::to_string(range.high));
    }
    return number.value_or(range.low);
}

bool Members::boolean(const char* name) {
    const json& value = any(name);
    if (!value.is_boolean()) fail(name, "is not true or false");
    return value.is_boolean() && value.get<bool>();
}

std::string Members::text(const char* name, std::size_t longest) {
    const json& value = any(name);
    const auto* text = value.get_ptr<const std::string*>();
    if (text == nullptr || text->size() > longest) {
        fail(name, text == nullptr ? "is not a text" : "is too long");
        return {};
    }
    return *text;
}

const json& Members::list(const char* name, std::size_t longest) {
    const json& value = any(name);
    if (value.is_array() && value.size() <= longest) return value;
    fail(name, value.is_array() ? "is too long" : "is not a list");
    return no_entries();
}

Members Members::object(const char* name) {
    return {any(name), path_ + (path_.empty() ? "" : ".") + name, *problem_};
}

Members Members::entry(const char* list, std::size_t index) {
    const json& value = any(list);
    const bool there = value.is_array() && index < value.size();
    return {there ? value[index] : nothing(),
            path_ + (path_.empty() ? "" : ".") + list + "[" + std::to_string(index) + "]",
            *problem_};
}

std::vector<double> read_numbers(Members& from, const char* name, std::size_t count) {
    std::vector<double> numbers;
    for (const nlohmann::json& value : from.list(name, count)) {
        const auto number = read_number(value);
        if (!number) {
            from.fail(name, "holds something that is no number");
            break;
        }
        numbers.push_back(*number);
    }
    if (numbers.size() != count) {
        from.fail(name, "does not hold " + std::to_string(count) + " numbers");
        numbers.resize(count);
    }
    return numbers;
}

nlohmann::json write_box(const LonLatBox& box) {
    return nlohmann::json::array({write_number(box.west),
                                  write_number(box.south),
                                  write_number(box.east),
                                  write_number(box.north)});
}

LonLatBox read_box(Members& from, const char* name) {
    constexpr double rounding = 1e-6;  // degrees that a transformation may be off at a pole or ±180
    const auto edges = read_numbers(from, name, 4);
    const LonLatBox box{edges[0], edges[1], edges[2], edges[3]};
    const bool on_earth = std::abs(box.west) <= 180 + rounding &&
                          std::abs(box.east) <= 180 + rounding && box.south >= -90 - rounding &&
                          box.south <= box.north && box.north <= 90 + rounding;
    if (!on_earth) from.fail(name, "are not a box of longitudes and latitudes");
    return box;
}

}  // namespace relief::workspace
